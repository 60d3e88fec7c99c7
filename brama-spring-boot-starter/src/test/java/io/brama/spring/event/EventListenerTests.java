package io.brama.spring.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.BramaEvent.StateChanged;
import io.brama.Circuit;
import io.brama.CircuitState;
import io.brama.EventFilter;
import io.brama.spring.annotation.CircuitBreaker;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.Ordered;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Brama's events as application events.
 */
@ExtendWith(OutputCaptureExtension.class)
class EventListenerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class))
		.withBean(Listener.class);

	private final ApplicationContextRunner direct = this.runner.withPropertyValues("brama.events.delivery=direct",
			"brama.max-attempts=1");

	@Test
	void stateChangesReachListenersInOrder() {
		this.direct.run((context) -> {
			Circuit circuit = context.getBean(Brama.class).circuit("payment-api");
			circuit.failure("no answer");
			circuit.halfOpen(because("try"));
			circuit.success();
			assertThat(context.getBean(Listener.class).changes).extracting(StateChanged::next)
				.containsExactly(CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED);
		});
	}

	@Test
	void stateChangesReachListenersOnTheThreadOfTheirOwn() {
		this.runner.run((context) -> {
			Listener listener = context.getBean(Listener.class);
			context.getBean(Brama.class).circuit("payment-api").open(because("maintenance"));
			Awaitility.await().until(() -> !listener.changes.isEmpty());
			assertThat(listener.threads).containsOnly("brama-events");
		});
	}

	@Test
	void conditionsReadTheEvent() {
		this.direct.run((context) -> {
			Circuit circuit = context.getBean(Brama.class).circuit("payment-api");
			circuit.failure("no answer");
			circuit.close(because("mended"));
			Listener listener = context.getBean(Listener.class);
			assertThat(listener.openings).extracting(StateChanged::next).containsExactly(CircuitState.OPEN);
			assertThat(listener.openingsOfPayments).extracting(StateChanged::next).containsExactly(CircuitState.OPEN);
			context.getBean(Brama.class).circuit("inventory").failure("no answer");
			assertThat(listener.openings).hasSize(2);
			assertThat(listener.openingsOfPayments).hasSize(1);
		});
	}

	@Test
	void circuitsOfAnnotationsAreAnnouncedAtStartup() {
		this.direct.withBean(Partner.class)
			.run((context) -> assertThat(context.getBean(Listener.class).others)
				.extracting((event) -> event.type() + " " + event.connection().identifier())
				.containsExactly("REGISTERED partner"));
		this.runner.withBean(Partner.class)
			.run((context) -> Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(Listener.class).others).hasSize(1)));
	}

	@Test
	void byDefaultEveryTypeIsPublishedOfWhichThereAreFew() {
		this.direct.run((context) -> {
			Brama brama = context.getBean(Brama.class);
			Circuit circuit = brama.register("payment-api");
			circuit.success();
			circuit.failure("no answer");
			circuit.tryAcquire();
			brama.configure("payment-api", (options) -> options.maxAttempts(3));
			brama.unregister("payment-api");
			Listener listener = context.getBean(Listener.class);
			assertThat(listener.others).extracting(BramaEvent::type)
				.containsExactly(BramaEvent.Type.REGISTERED, BramaEvent.Type.RECONFIGURED,
						BramaEvent.Type.UNREGISTERED);
			assertThat(listener.changes).hasSize(1);
		});
	}

	@Test
	void aPropertySaysWhatIsPublished() {
		this.direct.withPropertyValues("brama.events.publish=failure,success").run((context) -> {
			Circuit circuit = context.getBean(Brama.class).circuit("payment-api");
			circuit.success();
			circuit.failure("no answer");
			Listener listener = context.getBean(Listener.class);
			assertThat(listener.others).extracting(BramaEvent::type)
				.containsExactly(BramaEvent.Type.SUCCESS, BramaEvent.Type.FAILURE);
			assertThat(listener.changes).isEmpty();
		});
	}

	@Test
	void nothingIsPublishedIfNothingIsNamed() {
		this.direct.withPropertyValues("brama.events.publish=").run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(Brama.class).circuit("payment-api").failure("no answer");
			assertThat(context.getBean(Listener.class).changes).isEmpty();
		});
	}

	@Test
	void aListenerThatThrowsHarmsNobody(CapturedOutput output) {
		this.direct.withBean(Throwing.class).run((context) -> {
			Brama brama = context.getBean(Brama.class);
			List<BramaEvent> seen = new ArrayList<>();
			brama.subscribe(EventFilter.types(BramaEvent.Type.STATE_CHANGE), seen::add);
			Circuit circuit = brama.circuit("payment-api");
			circuit.failure("no answer");
			assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN);
			circuit.close(because("mended"));
			assertThat(seen).hasSize(2);
			assertThat(context.getBean(Listener.class).changes).hasSize(2);
			assertThat(context.getBean(Throwing.class).asked).isEqualTo(2);
		});
		assertThat(output).contains("A listener of Brama's events failed")
			.contains("this listener is broken")
			.contains("Throwing.onCondition");
	}

	@Test
	void aListenerMayCallBack() {
		this.direct.withBean(Mending.class).run((context) -> {
			Circuit circuit = context.getBean(Brama.class).circuit("payment-api");
			circuit.failure("no answer");
			assertThat(circuit.status().state()).isEqualTo(CircuitState.CLOSED);
			assertThat(context.getBean(Listener.class).changes).extracting(StateChanged::next)
				.containsExactly(CircuitState.OPEN, CircuitState.CLOSED);
		});
	}

	@Test
	@Tag("T66")
	void twoContextsDoNotHearEachOther() {
		this.direct.run((one) -> this.direct.run((other) -> {
			one.getBean(Brama.class).circuit("payment-api").failure("no answer");
			assertThat(one.getBean(Listener.class).changes).hasSize(1);
			assertThat(other.getBean(Listener.class).changes).isEmpty();
			assertThat(other.getBean(Brama.class).find("payment-api")).isEmpty();
		}));
	}

	@Test
	@Tag("T66")
	void aClosedContextLeavesNoThreadAndNoListenerBehind() {
		Set<Thread> before = bramaThreads();
		List<List<? extends BramaEvent>> heard = new ArrayList<>();
		Brama[] brama = new Brama[1];
		this.runner.run((context) -> {
			brama[0] = context.getBean(Brama.class);
			Listener listener = context.getBean(Listener.class);
			brama[0].circuit("payment-api").open(because("maintenance").forDuration(Duration.ofHours(1)));
			Awaitility.await().until(() -> !listener.changes.isEmpty());
			assertThat(bramaThreads()).anyMatch((thread) -> !before.contains(thread));
			heard.add(listener.changes);
		});
		Awaitility.await().untilAsserted(() -> assertThat(before).containsAll(bramaThreads()));
		brama[0].circuit("payment-api").close(because("nobody hears this"));
		assertThat(heard).singleElement().asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(1);
	}

	private static Set<Thread> bramaThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("brama-"))
			.collect(Collectors.toSet());
	}

	static class Listener {

		final List<StateChanged> changes = new CopyOnWriteArrayList<>();

		final List<StateChanged> openings = new CopyOnWriteArrayList<>();

		final List<StateChanged> openingsOfPayments = new CopyOnWriteArrayList<>();

		final List<BramaEvent> others = new CopyOnWriteArrayList<>();

		final List<String> threads = new CopyOnWriteArrayList<>();

		@EventListener
		void on(StateChanged change) {
			this.threads.add(Thread.currentThread().getName());
			this.changes.add(change);
		}

		@EventListener(condition = "#e.next.name() == 'OPEN'")
		void onOpening(StateChanged e) {
			this.openings.add(e);
		}

		@EventListener(condition = "#root.event.payload.next().name() == 'OPEN' "
				+ "and #change.connection().identifier() == 'payment-api'")
		void onOpeningOfPayments(StateChanged change) {
			this.openingsOfPayments.add(change);
		}

		@EventListener
		void onOther(BramaEvent event) {
			if (!(event instanceof StateChanged)) {
				this.others.add(event);
			}
		}

	}

	static class Throwing {

		private int asked;

		@Order(1000)
		@EventListener
		void on(StateChanged change) {
			this.asked++;
			throw new IllegalStateException("this listener is broken");
		}

		@Order(999)
		@EventListener(condition = "#change.nothing")
		void onCondition(StateChanged change) {
		}

	}

	static class Mending {

		private final Brama brama;

		Mending(Brama brama) {
			this.brama = brama;
		}

		@EventListener(condition = "#change.next().name() == 'OPEN'")
		void on(StateChanged change) {
			this.brama.close(change.connection(), because("mended at once"));
		}

	}

	public static class Partner {

		@CircuitBreaker(identifier = "partner")
		public void call() {
		}

	}

	@Test
	@Tag("T43")
	void aListenerThatTakesNoEventHarmsNobodyEither() {
		this.direct.withBean("a", Careless.class).run((context) -> {
			context.getBean(Brama.class).circuit("payment-api").failure("no answer");
			assertThat(context.getBean(Careless.class).times).isOne();
			assertThat(context.getBean(Listener.class).changes).hasSize(1);
		});
	}

	static class Careless {

		private int times;

		@Order(Ordered.HIGHEST_PRECEDENCE)
		@EventListener(StateChanged.class)
		void on() {
			this.times++;
			throw new IllegalStateException("a bug in the listener");
		}

	}

}
