package io.brama;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.brama.policy.ExpiryStrategy;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is refused, and in which words.
 */
@ExtendWith(Silence.class)
class MessagesTest {

	private static final Duration LONGEST = Duration.ofDays(36525);

	private static final Duration TOO_LONG = LONGEST.plusMillis(1);

	private static final Duration TOO_SHORT = Duration.ofMillis(1).minusNanos(1);

	private static final String CONNECTION = "connection 'payment-api'";

	private static final String NOTHING_OPENS = "max-attempts of %s must be between 1 and 1000000 where neither"
			+ " failure-rate.threshold nor slow-calls is set, because nothing would open a circuit, was off";

	/** An option set to a value is refused for one connection and for the defaults. */
	private static Stream<Arguments> option(String name, String range, String was,
			Consumer<CircuitOptions<?>> setting) {
		return Stream.of(
				Arguments.of(name + " of " + CONNECTION + " must " + range + ending(was),
						(ThrowingCallable) () -> Brama.create().register("payment-api", setting)),
				Arguments.of(name + " of the defaults must " + range + ending(was),
						(ThrowingCallable) () -> setting.accept(Brama.builder())),
				Arguments.of(name + " of scope 'payments' must " + range + ending(was),
						(ThrowingCallable) () -> Brama.builder().scope("payments", setting)),
				Arguments.of(name + " of " + CONNECTION + " must " + range + ending(was),
						(ThrowingCallable) () -> Brama.builder().connection("payment-api", setting)));
	}

	private static Stream<Arguments> duration(String name, Setting<Duration> setting) {
		String range = "be between 1ms and 36525d";
		return Stream
			.of(option(name, range, "null", (options) -> setting.of(options, null)),
					option(name, range, "0s", (options) -> setting.of(options, Duration.ZERO)),
					option(name, range, "-5s", (options) -> setting.of(options, Duration.ofSeconds(-5))),
					option(name, range, "999999ns", (options) -> setting.of(options, TOO_SHORT)),
					option(name, range, "36525d1ms", (options) -> setting.of(options, TOO_LONG)))
			.flatMap((stream) -> stream);
	}

	private static String ending(String was) {
		return was.isEmpty() ? "" : ", was " + was;
	}

	private static Stream<Arguments> integer(String name, int max, Setting<Integer> setting) {
		return Stream.of(0, -1, Integer.MIN_VALUE, max + 1, Integer.MAX_VALUE)
			.flatMap((value) -> option(name, "be between 1 and " + max, value.toString(),
					(options) -> setting.of(options, value)));
	}

	private static Stream<Arguments> real(String name, String range, Setting<Double> setting, double... values) {
		List<Arguments> arguments = new ArrayList<>();
		for (double value : values) {
			option(name, "be between " + range, String.valueOf(value), (options) -> setting.of(options, value))
				.forEach(arguments::add);
		}
		return arguments.stream();
	}

	static Stream<Arguments> options() {
		return Stream.of(integer("max-attempts", 1_000_000, CircuitOptions::maxAttempts),
				integer("trial-calls", 1_000, CircuitOptions::trialCalls),
				integer("successes-to-close", 1_000, CircuitOptions::successesToClose),
				integer("failure-rate.minimum-calls", 1_000_000, CircuitOptions::minimumCalls),
				option("mode", "not be null", "", (options) -> options.mode(null)),
				option("failure-rate.window", "not be null", "", (options) -> options.window(null)),
				option("failure-rate.window", "be between 1 and 1000000 calls", "0", (options) -> options.window(0)),
				option("failure-rate.window", "be between 10ms and 24h", "9ms",
						(options) -> options.window(Duration.ofMillis(9))),
				option("slow-calls.threshold", "be between 0.0001% and 100%", "0.0%",
						(options) -> options.slowCallRate(0)),
				duration("slow-calls.duration", CircuitOptions::slowCallDuration),
				duration("expiry", CircuitOptions::expiry), duration("initial-expiry", CircuitOptions::initialExpiry),
				duration("max-expiry", CircuitOptions::maxExpiry),
				duration("max-retry-after", CircuitOptions::maxRetryAfter),
				duration("trial-timeout", CircuitOptions::trialTimeout),
				real("backoff-factor", "1.0 and 1000.0", CircuitOptions::backoffFactor, 0.99, 1000.01, 0, -2,
						Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY),
				real("jitter", "0.0 and 1.0", CircuitOptions::jitter, -0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY,
						Double.NEGATIVE_INFINITY),
				option("backoff-reset-after", "be between 0s and 36525d", "null",
						(options) -> options.backoffResetAfter(null)),
				option("backoff-reset-after", "be between 0s and 36525d", "-1ns",
						(options) -> options.backoffResetAfter(Duration.ofNanos(-1))),
				option("backoff-reset-after", "be between 0s and 36525d", "36525d1ms",
						(options) -> options.backoffResetAfter(TOO_LONG)),
				option("expiry-strategy", "not be null", "", (options) -> options.expiryStrategy(null)),
				option("initial-expiry", "be between 1ms and 36525d", "0s",
						(options) -> options.progressiveExpiry(Duration.ZERO, LONGEST, 2)),
				option("backoff-factor", "be between 1.0 and 1000.0", "0.5",
						(options) -> options.progressiveExpiry(LONGEST, LONGEST, 0.5)))
			.flatMap((stream) -> stream);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("options")
	void anOptionOutOfRangeIsRefused(String message, ThrowingCallable setting) {
		assertThatIllegalArgumentException().isThrownBy(setting).withMessage(message);
	}

	static Stream<Consumer<CircuitConfig.Builder>> bounds() {
		Duration shortest = Duration.ofMillis(1);
		return Stream.of((options) -> options.maxAttempts(1).trialCalls(1).successesToClose(1),
				(options) -> options.maxAttempts(1_000_000).trialCalls(1_000).successesToClose(1_000),
				(options) -> options.expiry(shortest).maxRetryAfter(shortest).trialTimeout(shortest),
				(options) -> options.expiry(LONGEST).maxRetryAfter(LONGEST).trialTimeout(LONGEST),
				(options) -> options.progressiveExpiry(shortest, shortest, 1)
					.backoffResetAfter(Duration.ZERO)
					.jitter(0),
				(options) -> options.progressiveExpiry(LONGEST, LONGEST, 1000).backoffResetAfter(LONGEST).jitter(1),
				(options) -> options.expiryStrategy((opening) -> shortest).jitter(1));
	}

	@ParameterizedTest
	@MethodSource("bounds")
	void bothEndsOfEachRangeWork(Consumer<CircuitConfig.Builder> options) {
		try (Gate gate = Gate.with((builder) -> builder.connection("payment-api", options))) {
			Circuit circuit = gate.circuit();
			circuit.report(Outcome.failure("down").tripNow());
			assertThat(circuit.isAvailable()).isFalse();
			gate.time.stopTimer();
			gate.advance(LONGEST);
			assertThat(circuit.isAvailable()).isTrue();
		}
	}

	static Stream<Arguments> contradictions() {
		Duration ten = Duration.ofSeconds(10);
		Duration five = Duration.ofSeconds(5);
		return Stream.of(
				Arguments.of(NOTHING_OPENS.formatted("the defaults"),
						(ThrowingCallable) () -> Brama.builder().unlimitedAttempts().build()),
				Arguments.of(NOTHING_OPENS.formatted("connection 'payment-api'"),
						(ThrowingCallable) () -> Brama.create()
							.register("payment-api", CircuitOptions::unlimitedAttempts)),
				Arguments.of("successes-to-close of the defaults must be between 1 and its 2 trial-calls, was 3",
						(ThrowingCallable) () -> Brama.builder().trialCalls(2).successesToClose(3).build()),
				Arguments.of("successes-to-close of the defaults must be between 1 and its 1 trial-calls, was 2",
						(ThrowingCallable) () -> Brama.builder().successesToClose(2).build()),
				Arguments.of("max-expiry of the defaults must be between its initial-expiry 10s and 36525d, was 5s",
						(ThrowingCallable) () -> Brama.builder().progressiveExpiry(ten, five, 2).build()),
				Arguments.of("max-expiry of the defaults must be between its initial-expiry 1m and 36525d, was 5s",
						(ThrowingCallable) () -> Brama.builder().progressiveExpiry().maxExpiry(five).build()),
				Arguments.of("successes-to-close of scope 'payments' must be between 1 and its 2 trial-calls, was 3",
						(ThrowingCallable) () -> Brama.builder()
							.trialCalls(2)
							.scope("payments", (options) -> options.successesToClose(3))
							.build()),
				Arguments.of(
						"max-expiry of connection 'payment-api' must be between its initial-expiry 10s and 36525d,"
								+ " was 5s",
						(ThrowingCallable) () -> Brama.builder()
							.maxExpiry(five)
							.connection("payment-api", (options) -> options.initialExpiry(ten).progressiveExpiry())
							.build()),
				Arguments.of(
						"successes-to-close of connection 'payment-api' of scope 'payments' must be between 1 and"
								+ " its 1 trial-calls, was 2",
						(ThrowingCallable) () -> Brama.create()
							.register("payment-api", (options) -> options.scope("payments").successesToClose(2))),
				Arguments.of(
						"max-expiry of connection 'payment-api' must be between its initial-expiry 10s and 36525d,"
								+ " was 5s",
						(ThrowingCallable) () -> Brama.create()
							.register("payment-api", (options) -> options.progressiveExpiry(ten, five, 2))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("contradictions")
	void optionsThatContradictEachOtherAreRefused(String message, ThrowingCallable building) {
		assertThatIllegalArgumentException().isThrownBy(building).withMessage(message);
	}

	@Test
	void withAFixedExpiryTheProgressiveOptionsCannotContradict() {
		assertThatCode(() -> Brama.builder()
			.initialExpiry(Duration.ofSeconds(10))
			.maxExpiry(Duration.ofSeconds(5))
			.build()
			.close()).doesNotThrowAnyException();
	}

	static Stream<Arguments> others() {
		return Stream.of(refused("identifier of a connection must not be null", (brama) -> brama.register(null)),
				refused("identifier of a connection must not be blank, was ''", (brama) -> brama.register("")),
				refused("identifier of a connection must not be blank, was '  '", (brama) -> brama.register(" \n")),
				refused("identifier of a connection must not be null", (brama) -> brama.circuit((String) null)),
				refused("identifier of a connection must not be blank, was ' '", (brama) -> brama.circuit(" ")),
				refused("identifier of a connection must not be blank, was ' '", (brama) -> brama.find(" ")),
				refused("identifier of a connection must not be blank, was ' '", (brama) -> brama.status(" ")),
				refused("identifier of a connection must not be blank, was ' '", (brama) -> brama.isAvailable(" ")),
				refused("identifier of a connection must not be blank, was ' '", (brama) -> brama.success(" ")),
				refused("identifier of a connection must not be blank, was ' '", (brama) -> brama.failure(" ", "x")),
				refused("identifier of a connection must not be blank, was ' '", (brama) -> brama.unregister(" ")),
				refused("identifier of a connection must not be blank, was ' '",
						(brama) -> brama.open(" ", because("x"))),
				refused("identifier of a connection must not be null", (brama) -> ConnectionId.of(null)),
				refused("type of connection 'a' must not be null", (brama) -> new ConnectionId("a", null, null)),
				refused("type of connection 'a' must not be blank, was ' '",
						(brama) -> ConnectionId.of("a").withType(" ")),
				refused("type of connection 'a b' must not be blank, was ' '",
						(brama) -> ConnectionId.of("a\nb").withType("\t")),
				refused("scope of connection 'a' must not be blank, was ''",
						(brama) -> ConnectionId.of("a").withScope("")),
				refused("scope of connection 'a b' must not be blank, was ''",
						(brama) -> ConnectionId.of("a\rb").withScope("")),
				refused("scope of connection 'a' must not be blank, was ' '",
						(brama) -> brama.register("a", (options) -> options.scope(" "))),
				refused("scope of connection 'a' must not be null",
						(brama) -> brama.register("a", (options) -> options.scope(null))),
				refused("type of connection 'a' must not be blank, was ' '",
						(brama) -> brama.register("a", (options) -> options.type(" "))),
				refused("metadata key of connection 'a' must not be blank, was ''",
						(brama) -> brama.register("a", (options) -> options.metadata("", "x"))),
				refused("metadata 'k' of connection 'a' must not be null",
						(brama) -> brama.register("a", (options) -> options.metadata("k", null))),
				refused("scope must not be blank, was ' '", (brama) -> Brama.builder().scope(" ", (options) -> {
				})), refused("name of a connection must not be null",
						(brama) -> Brama.builder().connection(null, (options) -> {
						})),
				refused("name of a connection must not be blank, was ''",
						(brama) -> Brama.builder().connection("", (options) -> {
						})),
				refused("cleanup-interval must be between 1ms and 36525d, was 0s",
						(brama) -> Brama.builder().cleanupInterval(Duration.ZERO)),
				refused("cleanup-interval must be between 1ms and 36525d, was null",
						(brama) -> Brama.builder().cleanupInterval(null)),
				refused("inactive-threshold must be between 1ms and 36525d, was 36525d1ms",
						(brama) -> Brama.builder().inactiveThreshold(TOO_LONG)),
				refused("inactive-threshold must be between 1ms and 36525d, was -1s",
						(brama) -> Brama.builder().inactiveThreshold(Duration.ofSeconds(-1))),
				refused("delivery must not be null", (brama) -> Brama.builder().delivery(null)),
				refused("time source must not be null", (brama) -> Brama.builder().timeSource(null)),
				refused("reason of a command must not be null", (brama) -> because(null)),
				refused("reason of a command must not be blank, was ' '", (brama) -> because(" ")),
				refused("place that registers connection 'a' must not be blank, was ' '",
						(brama) -> brama.register("a", (options) -> options.registeredBy(" "))),
				refused("actor of the command 'x' must not be null", (brama) -> because("x").by(null)),
				refused("actor of the command 'x y' must not be blank, was ''", (brama) -> because("x\ny").by("")),
				refused("duration of the command 'x' must be between 1ms and 36525d, was null",
						(brama) -> because("x").forDuration(null)),
				refused("duration of the command 'x' must be between 1ms and 36525d, was 0s",
						(brama) -> because("x").forDuration(Duration.ZERO)),
				refused("duration of the command 'x' must be between 1ms and 36525d, was 36525d1ms",
						(brama) -> because("x").forDuration(TOO_LONG)),
				refused("types of an event filter must be at least one of [REGISTERED, UNREGISTERED, REMOVED,"
						+ " STATE_CHANGE, SUCCESS, FAILURE, IGNORED, REJECTED, EXPIRY_REACHED, RECONFIGURED, ERROR_HANDLER_FAILED],"
						+ " was none", (brama) -> EventFilter.types(new BramaEvent.Type[0])),
				refused("identifier of an event filter must not be blank, was ' '",
						(brama) -> EventFilter.all().connection(" ")),
				refused("identifier of an event filter must not be null",
						(brama) -> EventFilter.all().connection((String) null)),
				refused("connection of an event filter must not be null",
						(brama) -> EventFilter.all().connection((ConnectionId) null)),
				refused("connection type of an event filter must not be blank, was ''",
						(brama) -> EventFilter.all().connectionType("")),
				refused("predicate of an event filter must not be null", (brama) -> EventFilter.all().where(null)),
				refused("filter of a listener must not be null", (brama) -> brama.subscribe(null, (event) -> {
				})), refused("listener must not be null", (brama) -> brama.subscribe(EventFilter.all(), null)),
				refused("retry-after of a failure must be longer than 0s, was 0s",
						(brama) -> Outcome.failure("x").retryAfter(Duration.ZERO)),
				refused("retry-after of a failure must be longer than 0s, was -1s",
						(brama) -> Outcome.failure("x").retryAfter(Duration.ofSeconds(-1))),
				refused("reason of a failure must not be blank, was ''",
						(brama) -> new Outcome.Failure("", false, null, null, false)));
	}

	private static Arguments refused(String message, Consumer<Brama> what) {
		return Arguments.of(message, what);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("others")
	void badInputIsRefusedAndLeavesNothingBehind(String message, Consumer<Brama> what) {
		try (Gate gate = Gate.with((builder) -> builder.maxAttempts(1))) {
			assertThatIllegalArgumentException().isThrownBy(() -> what.accept(gate.brama)).withMessage(message);
			assertThat(gate.brama.all()).isEmpty();
			Circuit circuit = gate.circuit();
			circuit.failure("down");
			assertThat(circuit.isAvailable()).isFalse();
			assertThat(gate.events).extracting(BramaEvent::type)
				.containsExactly(BramaEvent.Type.REGISTERED, BramaEvent.Type.FAILURE, BramaEvent.Type.STATE_CHANGE);
		}
	}

	static Stream<ThrowingConsumer<Circuit>> callsOfNothing() {
		return Stream.of((circuit) -> circuit.call(null), (circuit) -> circuit.call(null, ErrorHandler.DEFAULT),
				(circuit) -> circuit.call(null, ErrorHandler.DEFAULT, (rejected) -> null),
				(circuit) -> circuit.run(null), (circuit) -> circuit.get(null), (circuit) -> circuit.callAsync(null),
				(circuit) -> circuit.callAsync(null, ErrorHandler.DEFAULT));
	}

	@ParameterizedTest
	@MethodSource("callsOfNothing")
	void aCallOfNothingTakesNoTrialAndIsNoFailure(ThrowingConsumer<Circuit> call) {
		try (Gate gate = Gate.with((builder) -> builder.maxAttempts(1))) {
			Circuit circuit = gate.circuit();
			circuit.halfOpen(because("a look"));
			assertThatIllegalArgumentException().isThrownBy(() -> call.accept(circuit))
				.withMessage("task of a call must not be null");
			assertThat(circuit.status().calls().total()).isZero();
			assertThat(circuit.tryAcquire()).isNotNull();
		}
	}

	@Test
	void aFailureWithoutAReasonGetsOne() {
		assertThat(Outcome.failure(null).reason()).isEqualTo("failure");
		assertThat(Outcome.failure(" ").reason()).isEqualTo("failure");
	}

	@Test
	void noMessageHasALineBreakFromOutside() {
		String nasty = "a\r\nb\u2028c\u001b[31m";
		assertOneLine(() -> Brama.create().register(nasty, (options) -> options.maxAttempts(0)));
		assertOneLine(() -> Brama.create().register(nasty, (options) -> options.successesToClose(2)));
		assertOneLine(() -> Brama.create().register("x", (options) -> options.scope(nasty).successesToClose(2)));
		assertOneLine(() -> Brama.builder().scope(nasty, (options) -> options.successesToClose(2)).build());
		assertOneLine(() -> Brama.builder().scope(nasty, (options) -> options.maxAttempts(0)));
		assertOneLine(() -> Brama.builder().connection(nasty, (options) -> options.successesToClose(2)).build());
		assertOneLine(() -> Brama.builder().connection(nasty, (options) -> options.metadata(nasty, null)));
		assertOneLine(() -> new ConnectionId(nasty, " ", null));
		assertOneLine(() -> because(nasty).by(""));
		Brama brama = Brama.create();
		brama.register(nasty, (options) -> options.scope("a"));
		brama.register(nasty, (options) -> options.scope("b"));
		assertOneLine(() -> brama.circuit(nasty));
		assertOneLine(() -> brama.register(nasty, (options) -> options.scope("a").maxAttempts(5)));
		brama.register("x", (options) -> options.registeredBy(nasty));
		assertOneLine(() -> brama.register("x", (options) -> options.maxAttempts(5)));
		brama.close();
	}

	private static void assertOneLine(ThrowingCallable refused) {
		assertThatIllegalArgumentException().isThrownBy(refused)
			.satisfies((ex) -> assertThat(ex.getMessage()).matches("[^\\p{Cntrl}\u2028]*"));
	}

	@Test
	void aCustomStrategyNeedsNoRange() {
		ExpiryStrategy strategy = ExpiryStrategy.fixed(Duration.ofNanos(1));
		assertThatCode(() -> Brama.builder().expiryStrategy(strategy).build().close()).doesNotThrowAnyException();
	}

	/** The method that sets an option. */
	@FunctionalInterface
	private interface Setting<V> {

		CircuitOptions<?> of(CircuitOptions<?> options, V value);

	}

}
