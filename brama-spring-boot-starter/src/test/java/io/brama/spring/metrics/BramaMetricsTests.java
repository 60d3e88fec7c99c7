package io.brama.spring.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.Delivery;
import io.brama.Mode;
import io.brama.Outcome;
import io.brama.Permit;
import io.brama.TimeSource;
import io.brama.test.ManualTime;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * What the meters say, and when they come and go.
 */
class BramaMetricsTests {

	private final ManualTime time = new ManualTime();

	private final Brama brama = Brama.builder()
		.timeSource(this.time)
		.delivery(Delivery.DIRECT)
		.measureDurations(true)
		.maxAttempts(2)
		.expiry(Duration.ofSeconds(30))
		.build();

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final BramaMetrics metrics = new BramaMetrics(this.brama);

	private final Circuit circuit = this.brama.circuit("payment-api");

	@BeforeEach
	void bind() {
		this.metrics.bindTo(this.registry);
	}

	@AfterEach
	void close() {
		this.brama.close();
	}

	private double gauge(String name, String... tags) {
		return this.registry.get(name).tags(tags).gauge().value();
	}

	private FunctionTimer calls(String outcome) {
		return this.registry.get("brama.calls").tags("identifier", "payment-api", "outcome", outcome).functionTimer();
	}

	private double transitions(String to, String cause) {
		return this.registry.get("brama.transitions").tags("to", to, "cause", cause).counter().count();
	}

	private boolean has(String identifier) {
		return this.registry.find("brama.open.remaining").tag("identifier", identifier).meter() != null;
	}

	private boolean hasState(String identifier) {
		return this.registry.find("brama.state").tag("identifier", identifier).meter() != null;
	}

	/** Read what every scrape reads. */
	private void scrape() {
		this.registry.get("brama.connections").gauges().forEach(Gauge::value);
	}

	private void trip() {
		this.circuit.failure("down");
		this.circuit.failure("down");
	}

	/** Have cleanup notice that there were calls, and then that there were none. */
	private void removeIdle() {
		this.time.advance(Duration.ofSeconds(10));
		this.time.advance(Duration.ofHours(25));
	}

	@Test
	void callsAreCountedByTheirOutcome() {
		Permit late = this.circuit.acquire();
		this.circuit.success();
		this.circuit.success();
		this.circuit.report(Outcome.ignored());
		trip();
		this.circuit.tryAcquire();
		late.success();
		assertThat(calls("success").count()).isEqualTo(2);
		assertThat(calls("failure").count()).isEqualTo(2);
		assertThat(calls("ignored").count()).isEqualTo(1);
		assertThat(calls("rejected").count()).isEqualTo(1);
		assertThat(calls("late").count()).isEqualTo(1);
	}

	@Test
	void successesAndFailuresHaveTheirTime() {
		this.circuit.run(() -> this.time.advance(Duration.ofMillis(1500)));
		Permit failing = this.circuit.acquire();
		this.time.advance(Duration.ofSeconds(2));
		failing.failure("down");
		assertThat(calls("success").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(1500);
		assertThat(calls("failure").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(2000);
		assertThat(calls("rejected").totalTime(TimeUnit.MILLISECONDS)).isZero();
	}

	@Test
	void thereIsNoStateBeforeTheFirstCall() {
		assertThat(hasState("payment-api")).isFalse();
		this.circuit.success();
		scrape();
		assertThat(gauge("brama.state")).isEqualTo(0);
	}

	@Test
	void aStateThatChangesIsThereAtOnce() {
		this.circuit.halfOpen(because("try"));
		assertThat(gauge("brama.state")).isEqualTo(1);
		this.circuit.open(because("maintenance"));
		assertThat(gauge("brama.state")).isEqualTo(2);
	}

	@Test
	void aResetTakesTheStateAwayUntilTheNextCall() {
		trip();
		this.circuit.reset(because("begin anew"));
		assertThat(hasState("payment-api")).isFalse();
		this.circuit.success();
		scrape();
		assertThat(gauge("brama.state")).isEqualTo(0);
	}

	@Test
	void aCircuitThatIsGoneBeforeAnybodyLooksLeavesNoState() {
		this.circuit.success();
		this.brama.unregister("payment-api");
		scrape();
		assertThat(hasState("payment-api")).isFalse();
	}

	@Test
	void aModeThatRejectsNothingIsToldAsLongAsItLasts() {
		assertThat(this.registry.find("brama.mode").meter()).isNull();
		this.circuit.mode(Mode.OBSERVE, because("try it"));
		assertThat(gauge("brama.mode", "identifier", "payment-api")).isEqualTo(1);
		this.circuit.mode(Mode.OFF, because("try without"));
		assertThat(gauge("brama.mode", "identifier", "payment-api")).isEqualTo(2);
		this.circuit.mode(Mode.ENFORCE, because("tried"));
		assertThat(this.registry.find("brama.mode").meter()).isNull();
	}

	@Test
	void aModeThatIsConfiguredIsToldFromTheStart() {
		this.brama.register("watched", (options) -> options.mode(Mode.OBSERVE));
		assertThat(gauge("brama.mode", "identifier", "watched")).isEqualTo(1);
		this.brama.unregister("watched");
		assertThat(this.registry.find("brama.mode").meter()).isNull();
	}

	@Test
	void theRemainingTimeIsTheOneUntilTrials() {
		assertThat(gauge("brama.open.remaining")).isZero();
		trip();
		this.time.advance(Duration.ofSeconds(10));
		assertThat(gauge("brama.open.remaining")).isEqualTo(20);
		this.circuit.open(because("until told otherwise").untilToldOtherwise());
		assertThat(gauge("brama.open.remaining")).isInfinite();
	}

	@Test
	void transitionsAreCountedByStateAndCause() {
		trip();
		this.time.advance(Duration.ofSeconds(30));
		this.circuit.success();
		trip();
		assertThat(transitions("open", "consecutive-failures")).isEqualTo(2);
		assertThat(transitions("half-open", "expiry-reached")).isEqualTo(1);
		assertThat(transitions("closed", "trials-succeeded")).isEqualTo(1);
		this.circuit.open(because("maintenance"));
		assertThat(transitions("open", "operator")).isEqualTo(1);
	}

	@Test
	void countersOfTransitionsAreThereBeforeTheyAreNeeded() {
		assertThat(transitions("open", "consecutive-failures")).isZero();
		assertThat(transitions("open", "failure-tripped")).isZero();
		trip();
		assertThat(transitions("half-open", "expiry-reached")).isZero();
		assertThat(transitions("closed", "trials-succeeded")).isZero();
		assertThat(transitions("open", "trials-failed")).isZero();
	}

	@Test
	void ratesAreThereForCircuitsThatWatchThem() {
		assertThat(this.registry.find("brama.failure.rate").meter()).isNull();
		this.brama.configure((options) -> options.failureRate(90)
			.minimumCalls(2)
			.slowCallRate(90)
			.slowCallDuration(Duration.ofSeconds(1)));
		this.circuit.success();
		assertThat(gauge("brama.failure.rate")).as("below the minimum").isNaN();
		this.circuit.failure("down");
		this.circuit.run(() -> this.time.advance(Duration.ofSeconds(1)));
		this.circuit.success();
		assertThat(gauge("brama.failure.rate")).isEqualTo(0.25);
		assertThat(gauge("brama.slow.rate")).isEqualTo(0.25);
	}

	@Test
	void connectionsAreCountedByState() {
		this.brama.circuit("other").success();
		assertThat(gauge("brama.connections", "state", "unknown")).isEqualTo(1);
		trip();
		assertThat(gauge("brama.connections", "state", "unknown")).isZero();
		assertThat(gauge("brama.connections", "state", "closed")).isEqualTo(1);
		assertThat(gauge("brama.connections", "state", "open")).isEqualTo(1);
		assertThat(gauge("brama.connections", "state", "half-open")).isZero();
	}

	@Test
	void countingConnectionsTakesNoStatusOfThem() {
		AtomicInteger readings = new AtomicInteger();
		MeterRegistry many = new SimpleMeterRegistry();
		try (Brama counted = Brama.builder().timeSource(new CountedTime(readings)).build()) {
			new BramaMetrics(counted).bindTo(many);
			IntStream.range(0, 100).forEach((number) -> counted.circuit("tenant-" + number).success());
			await().until(() -> many.find("brama.open.remaining").meters().size() == 100);
			int before = readings.get();
			assertThat(many.get("brama.connections").tag("state", "closed").gauge().value()).isEqualTo(100);
			assertThat(readings).as("whoever takes a status reads the clocks").hasValue(before);
		}
	}

	@Test
	void namesakesHaveMetersOfTheirOwn() {
		Circuit namesake = this.brama.register("payment-api", (options) -> options.scope("payments").type("http"));
		namesake.open(because("maintenance"));
		assertThat(gauge("brama.state", "scope", "payments", "type", "http")).isEqualTo(2);
		this.circuit.halfOpen(because("try"));
		assertThat(gauge("brama.state", "scope", "", "type", "general")).isEqualTo(1);
	}

	@Test
	void everyMeterIsDescribed() {
		this.circuit.open(because("maintenance"));
		this.circuit.mode(Mode.OBSERVE, because("try it"));
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.contains("brama.calls", "brama.state", "brama.open.remaining", "brama.transitions", "brama.connections",
					"brama.events.dropped", "brama.calls.unguarded", "brama.mode");
		assertThat(this.registry.getMeters())
			.allSatisfy((meter) -> assertThat(meter.getId().getDescription()).isNotBlank());
	}

	@Test
	@Tag("T53")
	@Tag("T55")
	void theMetersOfACircuitGoWithItAndComeBackWithIt() {
		this.circuit.success();
		removeIdle();
		assertThat(this.brama.all()).isEmpty();
		assertThat(has("payment-api")).isFalse();
		assertThat(this.registry.find("brama.calls").meters()).isEmpty();
		assertThat(this.registry.find("brama.transitions").meters()).isEmpty();
		this.circuit.success();
		assertThat(calls("success").count()).isEqualTo(1);
		assertThat(has("payment-api")).isTrue();
	}

	@Test
	@Tag("T55")
	void nothingIsLeftOfManyCircuitsThatWereRemoved() {
		MeterRegistry all = new SimpleMeterRegistry();
		new BramaMetrics(this.brama, 20_000, Tags.empty()).bindTo(all);
		this.brama.unregister("payment-api");
		int before = all.getMeters().size();
		for (int i = 0; i < 5_000; i++) {
			this.brama.circuit("tenant-" + i).success();
		}
		all.get("brama.connections").gauges().forEach(Gauge::value);
		assertThat(all.find("brama.state").meters()).hasSize(5_000);
		removeIdle();
		assertThat(all.getMeters()).hasSize(before);
	}

	@Test
	void anUnregisteredCircuitHasNoMeters() {
		this.brama.unregister("payment-api");
		assertThat(has("payment-api")).isFalse();
	}

	@Test
	void aResetBeginsTheCallsAnewAndKeepsTheTransitions() {
		trip();
		this.circuit.reset(because("begin anew"));
		assertThat(calls("failure").count()).isZero();
		assertThat(transitions("open", "consecutive-failures")).isEqualTo(1);
	}

	@Test
	void beyondTheLimitCircuitsAreOnlyCounted() {
		MeterRegistry small = new SimpleMeterRegistry();
		BramaMetrics limited = new BramaMetrics(this.brama, 2, Tags.empty());
		limited.bindTo(small);
		this.brama.circuit("second");
		this.brama.circuit("third");
		assertThat(small.find("brama.open.remaining").tag("identifier", "third").meter()).isNull();
		assertThat(small.find("brama.open.remaining").meters()).hasSize(2);
		assertThat(small.get("brama.connections").tag("state", "unknown").gauge().value()).isEqualTo(3);
		this.brama.unregister("second");
		this.brama.circuit("fourth");
		assertThat(small.find("brama.open.remaining").tag("identifier", "fourth").meter()).isNotNull();
	}

	@Test
	void aLimitOutOfItsRangeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new BramaMetrics(this.brama, -1, Tags.empty()))
			.withMessage("max-connections of the metrics must be between 0 and 10000000, was -1");
	}

	@Test
	@Tag("T66")
	void closingLeavesNoMeterBehind() {
		this.metrics.close();
		this.brama.circuit("later");
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void bindingTwiceCountsOnce() {
		this.metrics.bindTo(this.registry);
		trip();
		assertThat(transitions("open", "consecutive-failures")).isEqualTo(1);
	}

	@Test
	void twoGatesOfOneRegistryAreToldApartByATag() {
		try (Brama other = Brama.create()) {
			new BramaMetrics(other, 10, Tags.of("gate", "other")).bindTo(this.registry);
			other.circuit("payment-api");
			await().untilAsserted(() -> assertThat(this.registry.find("brama.open.remaining").meters()).hasSize(2));
		}
	}

	@Test
	void metersGoFromEveryRegistryOfAComposite() {
		CompositeMeterRegistry composite = new CompositeMeterRegistry();
		MeterRegistry part = new SimpleMeterRegistry();
		composite.add(part);
		new BramaMetrics(this.brama).bindTo(composite);
		trip();
		assertThat(part.get("brama.transitions").tag("cause", "consecutive-failures").counter().count()).isEqualTo(1);
		this.brama.unregister("payment-api");
		assertThat(part.find("brama.transitions").meters()).isEmpty();
		assertThat(part.find("brama.calls").meters()).isEmpty();
	}

	/** Counts how often it is asked. */
	private record CountedTime(AtomicInteger readings) implements TimeSource {

		@Override
		public long nanoTime() {
			return this.readings.incrementAndGet();
		}

		@Override
		public Instant instant() {
			return Instant.EPOCH.plusNanos(this.readings.incrementAndGet());
		}

	}

}
