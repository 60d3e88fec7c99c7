package io.brama;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

import io.brama.BramaEvent.Registered;
import io.brama.Permit.Settlement;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Model checking of what must hold at the end of every interleaving, where the operations
 * on the way need not agree on an order: who delivers an event need not be who offered
 * it.
 * <p>
 * Lincheck compares what methods return, which assertions of AssertJ refuse; hence
 * {@link #require}.
 */
@Tag("concurrency")
class InterleavingTests {

	@Test
	@Tag("T44")
	void noEventIsLostOrDoubledOrOvertaken() {
		options().check(Delivered.class);
	}

	@Test
	@Tag("T43")
	void listenersThatComeAndGoTakeNothingFromOthers() {
		options().check(Listened.class);
	}

	@Test
	void closingDoublesNothingAndLosesNothingOfferedBefore() {
		options().check(Ended.class);
	}

	@Test
	@Tag("T16")
	void aPermitTakesOneOutcomeWhoeverBringsIt() {
		options().check(OnePermit.class);
	}

	private static ModelCheckingOptions options() {
		return new ModelCheckingOptions().iterations(4)
			.invocationsPerIteration(60)
			.threads(2)
			.actorsPerThread(2)
			.actorsBefore(0)
			.actorsAfter(0);
	}

	private static void require(boolean holds, Object found) {
		if (!holds) {
			throw new IllegalStateException("found " + found);
		}
	}

	/** Two who offer events of their own, numbered as they offer them. */
	public abstract static class Offering {

		final Dispatcher dispatcher = new Dispatcher(Delivery.DIRECT);

		final Queue<Registered> heard = new ConcurrentLinkedQueue<>();

		/** What was offered before anybody closed. */
		final Queue<String> offered = new ConcurrentLinkedQueue<>();

		volatile boolean closing;

		private int ones;

		private int others;

		Offering() {
			this.dispatcher.subscribe(EventFilter.all(), (event) -> this.heard.add((Registered) event));
		}

		@Operation(nonParallelGroup = "one")
		public void one() {
			this.ones++;
			offer("one" + this.ones);
		}

		@Operation(nonParallelGroup = "other")
		public void other() {
			this.others++;
			offer("other" + this.others);
		}

		private void offer(String name) {
			this.dispatcher.offer(BramaEvent.Type.REGISTERED,
					(number) -> new Registered(ManualTime.START, ConnectionId.of(name), number, Map.of()));
			if (!this.closing) {
				this.offered.add(name);
			}
			this.dispatcher.flush();
		}

		static List<String> names(Queue<Registered> events) {
			return events.stream().map((event) -> event.connection().identifier()).toList();
		}

		@Validate
		public void everythingIsHeardOnceAndInOrder() {
			List<String> names = names(this.heard);
			require(names.containsAll(this.offered), names);
			require(names.stream().distinct().count() == names.size(), names);
			for (String who : List.of("one", "other")) {
				List<String> own = names.stream().filter((name) -> name.startsWith(who)).toList();
				require(own.equals(own.stream().sorted().toList()), names);
			}
			List<Long> numbers = this.heard.stream().map(Registered::sequence).toList();
			require(numbers.equals(LongStream.rangeClosed(1, numbers.size()).boxed().toList()), numbers);
			requireMore();
		}

		void requireMore() {
		}

	}

	public static class Delivered extends Offering {

	}

	/** A second listener comes and goes. */
	public static class Listened extends Offering {

		private final Queue<Registered> heardByGuest = new ConcurrentLinkedQueue<>();

		private Subscription guest = () -> {
		};

		@Operation(nonParallelGroup = "one")
		public void come() {
			this.guest.close();
			this.guest = this.dispatcher.subscribe(EventFilter.types(BramaEvent.Type.REGISTERED),
					(event) -> this.heardByGuest.add((Registered) event));
		}

		@Operation(nonParallelGroup = "one")
		public void go() {
			this.guest.close();
		}

		/** The guest has heard a part of it, in the same order. */
		@Override
		void requireMore() {
			List<String> part = names(this.heardByGuest);
			require(names(this.heard).stream().filter(part::contains).toList().equals(part), part);
		}

	}

	/** Somebody closes. */
	public static class Ended extends Offering {

		@Operation(runOnce = true)
		public void close() {
			this.closing = true;
			this.dispatcher.close();
		}

	}

	/** The permit of one call, whose outcome several threads report. */
	public static class OnePermit {

		private final Circuit circuit = LincheckTests.circuit(10, 1, 1);

		private final Permit permit = this.circuit.acquire();

		@Operation
		public Settlement succeed() {
			return this.permit.success();
		}

		@Operation
		public Settlement fail() {
			return this.permit.failure("down");
		}

		@Operation
		public void close() {
			this.permit.close();
		}

		@Validate
		public void oneOutcomeWasCounted() {
			ConnectionStatus.Calls calls = this.circuit.status().calls();
			require(calls.total() == 1, calls);
		}

	}

}
