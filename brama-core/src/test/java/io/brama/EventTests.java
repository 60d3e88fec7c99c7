package io.brama;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.brama.BramaEvent.ErrorHandlerFailed;
import io.brama.BramaEvent.ExpiryReached;
import io.brama.BramaEvent.Failure;
import io.brama.BramaEvent.Ignored;
import io.brama.BramaEvent.Reconfigured;
import io.brama.BramaEvent.Registered;
import io.brama.BramaEvent.Rejected;
import io.brama.BramaEvent.Removed;
import io.brama.BramaEvent.StateChanged;
import io.brama.BramaEvent.Success;
import io.brama.BramaEvent.Unregistered;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * What listeners hear, in which order and on which thread, and that nothing they do harms
 * anybody else.
 */
@ExtendWith(Silence.class)
class EventTests {

	private final ManualTime time = new ManualTime();

	private final List<Brama> opened = new ArrayList<>();

	private Brama brama(Delivery delivery) {
		Brama brama = Brama.builder()
			.timeSource(this.time)
			.delivery(delivery)
			.maxAttempts(1)
			.expiry(Duration.ofSeconds(10))
			.build();
		this.opened.add(brama);
		return brama;
	}

	@AfterEach
	void close() {
		this.opened.forEach(Brama::close);
	}

	private static void succeed(Circuit circuit) {
		circuit.run(() -> {
		});
	}

	private static void ignore(Circuit circuit) {
		circuit.acquire().close();
	}

	private static List<BramaEvent> listen(Brama brama, EventFilter filter) {
		List<BramaEvent> heard = Collections.synchronizedList(new ArrayList<>());
		brama.subscribe(filter, heard::add);
		return heard;
	}

	private static void assertChain(List<StateChanged> changes) {
		for (int i = 1; i < changes.size(); i++) {
			assertThat(changes.get(i).previous()).as("change %s of %s", i, changes.size())
				.isEqualTo(changes.get(i - 1).next());
			assertThat(changes.get(i).sequence()).isGreaterThan(changes.get(i - 1).sequence());
		}
	}

	@Nested
	class Filters {

		private final Brama brama = brama(Delivery.DIRECT);

		private final Circuit card = this.brama.register("card", (options) -> options.scope("payments").type("http"));

		private final Circuit bank = this.brama.register("bank", (options) -> options.scope("payments"));

		private final Circuit namesake = this.brama.register("card");

		private List<Object> heardBy(EventFilter filter) {
			List<BramaEvent> heard = listen(this.brama, filter);
			for (Circuit circuit : List.of(this.card, this.bank, this.namesake)) {
				succeed(circuit);
				ignore(circuit);
			}
			return heard.stream().<Object>map((event) -> List.of(event.type(), event.connection())).toList();
		}

		private List<Object> both(Circuit circuit) {
			return List.of(List.of(BramaEvent.Type.SUCCESS, circuit.id()),
					List.of(BramaEvent.Type.IGNORED, circuit.id()));
		}

		@Test
		void byNothingLetEverythingThrough() {
			assertThat(heardBy(EventFilter.all())).hasSize(6);
		}

		@Test
		void byTypeLetThoseTypesThrough() {
			assertThat(heardBy(EventFilter.types(BramaEvent.Type.IGNORED, BramaEvent.Type.FAILURE))).containsExactly(
					List.of(BramaEvent.Type.IGNORED, this.card.id()), List.of(BramaEvent.Type.IGNORED, this.bank.id()),
					List.of(BramaEvent.Type.IGNORED, this.namesake.id()));
		}

		@Test
		void byIdentifierLetEveryScopeAndTypeThrough() {
			assertThat(heardBy(EventFilter.all().connection("card"))).containsExactlyElementsOf(
					Stream.of(both(this.card), both(this.namesake)).flatMap(List::stream).toList());
		}

		@Test
		void byConnectionLetOneThrough() {
			assertThat(heardBy(EventFilter.all().connection(this.namesake.id())))
				.containsExactlyElementsOf(both(this.namesake));
		}

		@Test
		void byScopeLetItsConnectionsThrough() {
			assertThat(heardBy(EventFilter.types(BramaEvent.Type.SUCCESS).scope("payments"))).containsExactly(
					List.of(BramaEvent.Type.SUCCESS, this.card.id()), List.of(BramaEvent.Type.SUCCESS, this.bank.id()));
		}

		@Test
		void byNoScopeLetConnectionsOutsideEveryScopeThrough() {
			assertThat(heardBy(EventFilter.all().scope(null))).containsExactlyElementsOf(both(this.namesake));
		}

		@Test
		void byConnectionTypeLetThatTypeThrough() {
			assertThat(heardBy(EventFilter.all().connectionType("http"))).containsExactlyElementsOf(both(this.card));
		}

		@Test
		void byPredicateLetThroughWhatItLikes() {
			AtomicInteger asked = new AtomicInteger();
			assertThat(heardBy(EventFilter.types(BramaEvent.Type.SUCCESS)
				.where((event) -> asked.incrementAndGet() > 0)
				.where((event) -> event.connection().equals(this.bank.id()))))
				.containsExactly(List.of(BramaEvent.Type.SUCCESS, this.bank.id()));
			assertThat(asked).hasValue(3);
		}

		@Test
		void narrowEachOther() {
			assertThat(heardBy(EventFilter.types(BramaEvent.Type.SUCCESS).connection("card").scope("payments")))
				.containsExactly(List.of(BramaEvent.Type.SUCCESS, this.card.id()));
			assertThat(heardBy(EventFilter.all().connection("card").connection("bank"))).isEmpty();
		}

		@Test
		void areNotChangedByNarrowingThem() {
			EventFilter wide = EventFilter.types(BramaEvent.Type.SUCCESS);
			wide.connection("bank").where((event) -> false);
			assertThat(heardBy(wide)).hasSize(3);
		}

		@Test
		void keepAnEventNobodyWantsFromBeingMade() {
			AtomicInteger asked = new AtomicInteger();
			List<BramaEvent> heard = listen(this.brama,
					EventFilter.types(BramaEvent.Type.FAILURE, BramaEvent.Type.REJECTED)
						.connection("bank")
						.where((event) -> asked.incrementAndGet() > 0));
			this.bank.failure("down");
			for (int i = 0; i < 100; i++) {
				succeed(this.card);
				ignore(this.card);
				this.namesake.success();
			}
			assertThat(this.bank.tryAcquire()).isNull();
			assertThat(asked).hasValue(2);
			assertThat(heard).extracting(BramaEvent::sequence)
				.as("only the change to OPEN lies between them")
				.containsExactly(1L, 3L);
		}

		@Test
		void endWithTheirSubscription() {
			List<BramaEvent> heard = new ArrayList<>();
			Subscription subscription = this.brama.subscribe(EventFilter.all(), heard::add);
			succeed(this.card);
			subscription.close();
			subscription.close();
			succeed(this.card);
			ignore(this.card);
			assertThat(heard).hasSize(1);
			List<BramaEvent> later = listen(this.brama, EventFilter.all());
			succeed(this.card);
			assertThat(later).singleElement().extracting(BramaEvent::sequence).isEqualTo(2L);
		}

	}

	@Nested
	@Tag("T45")
	class Records {

		@Test
		void areTheDocumentedOnesAndEachIsEmitted() throws Exception {
			Duration threshold = Duration.ofHours(1);
			RuntimeException problem = new IllegalStateException("handler");
			IOException down = new IOException("down");
			try (Gate gate = Gate.at(EventTests.this.time,
					(builder) -> builder.maxAttempts(1)
						.expiry(Duration.ofSeconds(10))
						.cleanupInterval(threshold)
						.inactiveThreshold(threshold))) {
				Circuit circuit = gate.brama.register("card",
						(options) -> options.scope("payments").type("http").metadata("owner", "team-a"));
				ConnectionId id = circuit.id();
				gate.advance(Duration.ofSeconds(1));
				circuit.run(() -> gate.advance(Duration.ofMillis(5)));
				ignore(circuit);
				circuit.success();
				assertThat(circuit.<Object>call(() -> "result", (result, error) -> {
					throw problem;
				})).isEqualTo("result");
				assertThat(catchThrowable(() -> circuit.call(() -> {
					gate.advance(Duration.ofMillis(2));
					throw down;
				}))).isSameAs(down);
				assertThat(circuit.tryAcquire()).isNull();
				gate.advance(Duration.ofSeconds(10));
				circuit.acquire();
				assertThat(circuit.tryAcquire()).isNull();
				circuit.open(because("maintenance").forDuration(Duration.ofMinutes(1)).by("ops"));
				circuit.open(because("longer").untilToldOtherwise());
				circuit.close(because("mended").by("ops"));
				Instant now = gate.time.instant();
				gate.advance(threshold.multipliedBy(2));
				circuit.success();
				gate.brama.configure("card", (options) -> options.maxAttempts(2));
				gate.brama.unregister(id);

				Instant start = ManualTime.START;
				Instant begin = start.plusMillis(1_005);
				Instant tripped = begin.plusMillis(2);
				Instant due = tripped.plusSeconds(10);
				Map<String, String> metadata = Map.of("owner", "team-a");
				Instant end = gate.time.instant();
				assertThat(now).isEqualTo(due);
				assertThat(gate.events).containsExactly(new Registered(start, id, 1, metadata),
						new Success(begin, id, 2, Duration.ofMillis(5)), new Ignored(begin, id, 3),
						new Success(begin, id, 4, null), new ErrorHandlerFailed(begin, id, 5, problem),
						new Success(begin, id, 6, Duration.ZERO),
						new Failure(tripped, id, 7, "down", IOException.class.getName(), Duration.ofMillis(2)),
						new StateChanged(tripped, id, 8, CircuitState.CLOSED, CircuitState.OPEN,
								TransitionCause.CONSECUTIVE_FAILURES, "down", IOException.class.getName(), true, null,
								1, Duration.ofSeconds(10), due),
						new Rejected(tripped, id, 9, CircuitState.OPEN),
						new ExpiryReached(due, id, 10, Duration.ofSeconds(10)),
						new StateChanged(due, id, 11, CircuitState.OPEN, CircuitState.HALF_OPEN,
								TransitionCause.EXPIRY_REACHED, null, null, false, null, 1, null, null),
						new Rejected(due, id, 12, CircuitState.HALF_OPEN),
						new StateChanged(due, id, 13, CircuitState.HALF_OPEN, CircuitState.OPEN,
								TransitionCause.OPERATOR, "maintenance", null, false, "ops", 1, Duration.ofMinutes(1),
								due.plusSeconds(60)),
						new StateChanged(due, id, 14, CircuitState.OPEN, CircuitState.OPEN, TransitionCause.OPERATOR,
								"longer", null, false, null, 1, null, null),
						new StateChanged(due, id, 15, CircuitState.OPEN, CircuitState.CLOSED, TransitionCause.OPERATOR,
								"mended", null, false, "ops", 1, null, null),
						new Removed(start.plus(threshold.multipliedBy(2)), id, 16, threshold),
						new Registered(end, id, 17, metadata), new Success(end, id, 18, null),
						new Reconfigured(end, id, 19, List.of(new Reconfigured.Change("max-attempts", 1, 2))),
						new Unregistered(end, id, 20));
				Set<Class<?>> emitted = gate.events.stream().map(Object::getClass).collect(Collectors.toSet());
				assertThat(emitted).containsExactlyInAnyOrder(BramaEvent.class.getPermittedSubclasses());
				assertThat(gate.events).extracting(BramaEvent::scope).containsOnly("payments");
				assertThat(gate.events.stream().map(BramaEvent::type).collect(Collectors.toSet()))
					.containsExactlyInAnyOrder(BramaEvent.Type.values());
			}
		}

		@Test
		void haveATypeOfTheirOwn() {
			assertThat(BramaEvent.Type.values()).hasSameSizeAs(BramaEvent.class.getPermittedSubclasses());
		}

		@Test
		@Tag("T18")
		void areNotEmittedForLateOutcomes() {
			try (Gate gate = Gate.at(EventTests.this.time, (builder) -> builder.maxAttempts(1))) {
				Permit permit = gate.circuit().acquire();
				gate.circuit().open(because("maintenance"));
				gate.events.clear();
				permit.success();
				gate.circuit().failure("down");
				assertThat(gate.events).isEmpty();
			}
		}

	}

	@Nested
	class Order {

		@ParameterizedTest
		@EnumSource
		@Tag("T44")
		void stateChangesFormAChain(Delivery delivery) {
			Brama brama = brama(delivery);
			List<BramaEvent> heard = listen(brama, EventFilter.types(BramaEvent.Type.STATE_CHANGE));
			Circuit circuit = brama.register("payment-api");
			for (int i = 0; i < 20; i++) {
				circuit.failure("down");
				EventTests.this.time.advance(Duration.ofSeconds(10));
				succeed(circuit);
			}
			brama.close();
			await().until(() -> heard.size() == 60);
			List<StateChanged> changes = heard.stream().map(StateChanged.class::cast).toList();
			assertThat(changes).first().extracting(StateChanged::previous).isEqualTo(CircuitState.CLOSED);
			assertChain(changes);
		}

		@Test
		void anOutcomeIsToldBeforeTheChangeItBringsAbout() {
			Brama brama = brama(Delivery.DIRECT);
			List<BramaEvent> heard = listen(brama,
					EventFilter.types(BramaEvent.Type.FAILURE, BramaEvent.Type.STATE_CHANGE));
			brama.circuit("payment-api").failure("down");
			assertThat(heard).extracting(BramaEvent::type)
				.containsExactly(BramaEvent.Type.FAILURE, BramaEvent.Type.STATE_CHANGE);
			assertThat(heard).extracting(BramaEvent::sequence).containsExactly(1L, 2L);
		}

		@Test
		void aListenerToldOfAChangeFindsItDone() {
			Brama brama = brama(Delivery.DIRECT);
			Circuit circuit = brama.circuit("payment-api");
			List<CircuitState> seen = new ArrayList<>();
			brama.subscribe(EventFilter.types(BramaEvent.Type.FAILURE, BramaEvent.Type.STATE_CHANGE),
					(event) -> seen.add(circuit.status().state()));
			circuit.failure("down");
			assertThat(seen).containsExactly(CircuitState.OPEN, CircuitState.OPEN);
		}

		@Test
		void everyListenerHearsEventsInTheSameOrderEvenThoseThatOneOfThemCauses() {
			Brama brama = brama(Delivery.DIRECT);
			List<BramaEvent> first = listen(brama, EventFilter.all());
			brama.subscribe(EventFilter.types(BramaEvent.Type.REGISTERED),
					(event) -> brama.circuit(event.connection()).success());
			brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS),
					(event) -> brama.circuit(event.connection()).failure("x"));
			List<BramaEvent> last = listen(brama, EventFilter.all());
			brama.register("payment-api");
			assertThat(first).extracting(BramaEvent::type)
				.containsExactly(BramaEvent.Type.REGISTERED, BramaEvent.Type.SUCCESS, BramaEvent.Type.FAILURE,
						BramaEvent.Type.STATE_CHANGE);
			assertThat(last).isEqualTo(first);
		}

	}

	@Nested
	class Threads {

		private final Set<Thread> before = all();

		private static Set<Thread> all() {
			return Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().equals("brama-events"))
				.collect(Collectors.toSet());
		}

		private Set<Thread> added() {
			Set<Thread> added = all();
			added.removeAll(this.before);
			return added;
		}

		@Test
		void asynchronousDeliveryIsByOneDaemonThread() {
			Brama brama = brama(Delivery.ASYNC);
			Set<Thread> threads = ConcurrentHashMap.newKeySet();
			CountDownLatch all = new CountDownLatch(200);
			AtomicInteger inside = new AtomicInteger();
			AtomicInteger most = new AtomicInteger();
			brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), (event) -> {
				most.accumulateAndGet(inside.incrementAndGet(), Math::max);
				threads.add(Thread.currentThread());
				inside.decrementAndGet();
				all.countDown();
			});
			Crowd.all(8, (number) -> IntStream.range(0, 25).forEach((i) -> brama.circuit("id-" + number).success()));
			Crowd.await(all);
			assertThat(threads).singleElement().satisfies((thread) -> {
				assertThat(thread.getName()).isEqualTo("brama-events");
				assertThat(thread.isDaemon()).isTrue();
			});
			assertThat(most).hasValue(1);
			assertThat(added()).containsExactlyElementsOf(threads);
		}

		@Test
		void theThreadStartsWithTheFirstEventThatSomebodyWants() {
			Brama brama = brama(Delivery.ASYNC);
			Circuit circuit = brama.register("payment-api");
			succeed(circuit);
			assertThat(added()).isEmpty();
			CountDownLatch told = new CountDownLatch(1);
			brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), (event) -> told.countDown());
			assertThat(added()).isEmpty();
			succeed(circuit);
			Crowd.await(told);
			assertThat(added()).hasSize(1);
		}

		@Test
		void closingDeliversWhatWaitsAndEndsTheThread() {
			Brama brama = brama(Delivery.ASYNC);
			CountDownLatch gate = new CountDownLatch(1);
			List<BramaEvent> heard = Collections.synchronizedList(new ArrayList<>());
			brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), (event) -> {
				Crowd.await(gate);
				heard.add(event);
			});
			IntStream.range(0, 100).forEach((i) -> brama.circuit("payment-api").success());
			assertThat(added()).hasSize(1);
			brama.close();
			gate.countDown();
			await().until(() -> added().isEmpty());
			assertThat(heard).hasSize(100);
		}

		@Test
		void afterClosingNothingIsDeliveredAndCallsAreGuardedStill() {
			Brama brama = brama(Delivery.ASYNC);
			List<BramaEvent> heard = listen(brama, EventFilter.all());
			Circuit circuit = brama.register("payment-api");
			brama.close();
			await().until(() -> added().isEmpty());
			circuit.failure("down");
			assertThat(circuit.tryAcquire()).isNull();
			assertThat(added()).isEmpty();
			assertThat(heard).extracting(BramaEvent::type).containsExactly(BramaEvent.Type.REGISTERED);
		}

		@Test
		void theThreadEndsWhenIdleAndComesBackWhenNeeded() {
			Brama brama = brama(Delivery.ASYNC);
			List<BramaEvent> heard = listen(brama, EventFilter.types(BramaEvent.Type.SUCCESS));
			brama.circuit("payment-api").success();
			await().until(() -> heard.size() == 1);
			await().atMost(Duration.ofSeconds(60)).until(() -> added().isEmpty());
			brama.circuit("payment-api").success();
			await().until(() -> heard.size() == 2);
		}

		@Test
		void directDeliveryIsByTheCallerBeforeItGoesOn() {
			Brama brama = brama(Delivery.DIRECT);
			AtomicReference<Thread> thread = new AtomicReference<>();
			brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), (event) -> thread.set(Thread.currentThread()));
			succeed(brama.circuit("payment-api"));
			assertThat(thread).hasValue(Thread.currentThread());
			assertThat(added()).isEmpty();
		}

	}

	@Nested
	@Tag("T43")
	class Listeners {

		private final Brama brama = brama(Delivery.DIRECT);

		private final Circuit circuit = this.brama.circuit("payment-api");

		@Test
		void mayCallBackIntoTheCircuit() {
			List<Object> answers = new ArrayList<>();
			this.brama.subscribe(EventFilter.types(BramaEvent.Type.FAILURE), (event) -> {
				this.circuit.close(because("I know better"));
				answers.add(this.circuit.get(() -> "passes"));
				answers.add(this.brama.status("payment-api").orElseThrow().state());
			});
			List<BramaEvent> heard = listen(this.brama, EventFilter.types(BramaEvent.Type.STATE_CHANGE));
			this.circuit.failure("down");
			assertThat(answers).containsExactly("passes", CircuitState.CLOSED);
			assertThat(this.circuit.isAvailable()).isTrue();
			assertThat(heard).extracting((event) -> ((StateChanged) event).next())
				.containsExactly(CircuitState.OPEN, CircuitState.CLOSED);
		}

		@Test
		void mayUnsubscribeThemselves() {
			AtomicReference<Subscription> own = new AtomicReference<>();
			List<BramaEvent> once = new ArrayList<>();
			own.set(this.brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), (event) -> {
				once.add(event);
				own.get().close();
			}));
			List<BramaEvent> next = listen(this.brama, EventFilter.types(BramaEvent.Type.SUCCESS));
			succeed(this.circuit);
			succeed(this.circuit);
			assertThat(once).hasSize(1);
			assertThat(next).hasSize(2);
		}

		@Test
		void mayUnsubscribeOthersWhoThenHearNothingMore() {
			AtomicReference<Subscription> other = new AtomicReference<>();
			this.brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), (event) -> other.get().close());
			List<BramaEvent> never = new ArrayList<>();
			other.set(this.brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), never::add));
			succeed(this.circuit);
			assertThat(never).isEmpty();
		}

		@Test
		void maySubscribeOthers() {
			List<BramaEvent> heard = new ArrayList<>();
			AtomicReference<Subscription> own = new AtomicReference<>();
			own.set(this.brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), (event) -> {
				own.get().close();
				this.brama.subscribe(EventFilter.types(BramaEvent.Type.IGNORED), heard::add);
			}));
			succeed(this.circuit);
			ignore(this.circuit);
			assertThat(heard).extracting(BramaEvent::type).containsExactly(BramaEvent.Type.IGNORED);
		}

		@Test
		void mayThrowWhateverTheyLike() {
			for (Throwable problem : List.of(new IllegalStateException("on purpose"), new StackOverflowError(),
					new LinkageError("on purpose"))) {
				this.brama.subscribe(EventFilter.all(), (event) -> EventTests.<RuntimeException>sneak(problem));
			}
			this.brama.subscribe(EventFilter.all().where((event) -> {
				throw new IllegalStateException("predicate, on purpose");
			}), (event) -> {
			});
			List<BramaEvent> heard = listen(this.brama, EventFilter.all());
			assertThat(this.circuit.get(() -> "result")).isEqualTo("result");
			this.circuit.failure("down");
			assertThat(heard).extracting(BramaEvent::type)
				.containsExactly(BramaEvent.Type.SUCCESS, BramaEvent.Type.FAILURE, BramaEvent.Type.STATE_CHANGE);
		}

		@Test
		void thatBlockHoldUpNoCallAndNoTransition() {
			Brama brama = brama(Delivery.ASYNC);
			Blocker blocker = new Blocker();
			brama.subscribe(EventFilter.types(BramaEvent.Type.STATE_CHANGE), blocker);
			List<BramaEvent> heard = listen(brama, EventFilter.types(BramaEvent.Type.STATE_CHANGE));
			Circuit circuit = brama.circuit("payment-api");
			circuit.failure("down");
			blocker.awaitBlocked();
			EventTests.this.time.advance(Duration.ofSeconds(10));
			assertThat(circuit.get(() -> "trial")).isEqualTo("trial");
			assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
			assertThat(brama.circuit("inventory").get(() -> "other")).isEqualTo("other");
			assertThat(brama.unregister("inventory")).isTrue();
			assertThat(heard).isEmpty();
			blocker.release();
			await().until(() -> heard.size() == 3);
			assertChain(heard.stream().map(StateChanged.class::cast).toList());
		}

		@Test
		void thatBlockWhenCalledDirectlyHoldUpTheirOwnThreadOnly() {
			Blocker blocker = new Blocker();
			this.brama.subscribe(EventFilter.types(BramaEvent.Type.STATE_CHANGE), blocker);
			List<BramaEvent> heard = listen(this.brama, EventFilter.types(BramaEvent.Type.STATE_CHANGE));
			Crowd unlucky = Crowd.of(1, (number) -> this.circuit.failure("down"));
			blocker.awaitBlocked();
			assertThat(this.circuit.tryAcquire()).isNull();
			this.circuit.close(because("mended"));
			assertThat(this.circuit.get(() -> "passes")).isEqualTo("passes");
			assertThat(unlucky.isBusy()).isTrue();
			blocker.release();
			unlucky.join();
			assertChain(heard.stream().map(StateChanged.class::cast).toList());
			assertThat(heard).hasSize(2);
		}

		@Test
		void mayCloseTheGate() {
			this.brama.subscribe(EventFilter.types(BramaEvent.Type.STATE_CHANGE), (event) -> this.brama.close());
			List<BramaEvent> heard = listen(this.brama, EventFilter.types(BramaEvent.Type.STATE_CHANGE));
			this.circuit.failure("down");
			assertThat(heard).hasSize(1);
			assertThat(this.circuit.isAvailable()).isFalse();
		}

		@Test
		void comeAndGoWhileEventsFlow() {
			List<BramaEvent> steady = listen(this.brama, EventFilter.types(BramaEvent.Type.STATE_CHANGE));
			int rounds = 500;
			Crowd.all(4, (number) -> {
				for (int i = 0; i < rounds; i++) {
					if (number == 0) {
						this.circuit.open(because("flap"));
						this.circuit.close(because("flap"));
					}
					else {
						this.brama.subscribe(EventFilter.all(), (event) -> {
						}).close();
					}
				}
			});
			assertThat(steady).hasSize(2 * rounds);
			assertChain(steady.stream().map(StateChanged.class::cast).toList());
		}

	}

	@Nested
	class Overflow {

		@Test
		void dropsAndCountsPerCallEventsButNoStateChange() {
			Brama brama = brama(Delivery.ASYNC);
			Blocker blocker = new Blocker();
			brama.subscribe(EventFilter.types(BramaEvent.Type.REGISTERED), blocker);
			AtomicInteger perCall = new AtomicInteger();
			brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS, BramaEvent.Type.IGNORED),
					(event) -> perCall.incrementAndGet());
			List<BramaEvent> changes = listen(brama, EventFilter.types(BramaEvent.Type.STATE_CHANGE));
			Circuit circuit = brama.register("payment-api");
			blocker.awaitBlocked();
			int extra = 250;
			IntStream.range(0, Dispatcher.CAPACITY + extra).forEach((i) -> succeed(circuit));
			assertThat(brama.droppedEvents()).isEqualTo(extra);
			int flaps = 300;
			for (int i = 0; i < flaps; i++) {
				circuit.halfOpen(because("flap"));
				circuit.close(because("flap"));
			}
			ignore(circuit);
			assertThat(brama.droppedEvents()).isEqualTo(extra + 1);
			assertThat(circuit.status().calls().success()).isEqualTo(Dispatcher.CAPACITY + extra);
			blocker.release();
			await().until(() -> perCall.get() == Dispatcher.CAPACITY && changes.size() == 2 * flaps);
			assertChain(changes.stream().map(StateChanged.class::cast).toList());
		}

		@Test
		void endsWhenListenersHaveCaughtUp() {
			Brama brama = brama(Delivery.ASYNC);
			Blocker blocker = new Blocker();
			brama.subscribe(EventFilter.types(BramaEvent.Type.REGISTERED), blocker);
			AtomicInteger perCall = new AtomicInteger();
			brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), (event) -> perCall.incrementAndGet());
			Circuit circuit = brama.register("payment-api");
			blocker.awaitBlocked();
			IntStream.range(0, Dispatcher.CAPACITY + 1).forEach((i) -> succeed(circuit));
			blocker.release();
			await().until(() -> perCall.get() == Dispatcher.CAPACITY);
			succeed(circuit);
			await().until(() -> perCall.get() == Dispatcher.CAPACITY + 1);
			assertThat(brama.droppedEvents()).isOne();
		}

	}

	@SuppressWarnings("unchecked")
	private static <X extends Throwable> void sneak(Throwable problem) throws X {
		throw (X) problem;
	}

	/** A listener that stands still until it is released. */
	private static final class Blocker implements Consumer<BramaEvent> {

		private final CountDownLatch blocked = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		@Override
		public void accept(BramaEvent event) {
			this.blocked.countDown();
			Crowd.await(this.released);
		}

		void awaitBlocked() {
			Crowd.await(this.blocked);
		}

		void release() {
			this.released.countDown();
		}

	}

}
