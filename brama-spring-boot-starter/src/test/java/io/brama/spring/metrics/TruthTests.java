package io.brama.spring.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.Command;
import io.brama.Delivery;
import io.brama.Outcome;
import io.brama.Permit;
import io.brama.test.ManualTime;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * After ten thousand mixed calls the meters say what the script that made them counted.
 */
class TruthTests {

	private static final int CALLS = 10_000;

	private final ManualTime time = new ManualTime();

	private final Map<CallOutcome, Long> counted = new EnumMap<>(CallOutcome.class);

	private final Map<CallOutcome, Duration> took = new EnumMap<>(CallOutcome.class);

	private final List<Permit> forgotten = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void theMetersEqualWhatTheScriptCounted(long seed) {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		MeterRegistry simple = new SimpleMeterRegistry();
		try (Brama brama = Brama.builder()
			.timeSource(this.time)
			.delivery(Delivery.DIRECT)
			.measureDurations(true)
			.maxAttempts(4)
			.expiry(Duration.ofSeconds(1))
			.trialTimeout(Duration.ofDays(1))
			.build(); BramaMetrics metrics = new BramaMetrics(brama)) {
			metrics.bindTo(prometheus);
			metrics.bindTo(simple);
			play(brama.circuit("payment-api"), new Random(seed));
			assertThat(this.counted).containsOnlyKeys(CallOutcome.values()).allSatisfy((outcome, count) -> {
				assertThat(count).as("enough calls are " + outcome).isGreaterThan(50);
				assertThat(timer(simple, outcome).count()).as("simple " + outcome).isEqualTo(count.doubleValue());
				assertThat(scraped(prometheus, "brama_calls_seconds_count", outcome)).as("scraped " + outcome)
					.isEqualTo(count.doubleValue());
				double seconds = this.took.getOrDefault(outcome, Duration.ZERO).toMillis() / 1e3;
				assertThat(scraped(prometheus, "brama_calls_seconds_sum", outcome)).as("time of " + outcome)
					.isEqualTo(seconds);
			});
		}
	}

	/** Make calls in good times and bad ones, some of which forget to end in time. */
	private void play(Circuit circuit, Random random) {
		for (int i = 0; i < CALLS; i++) {
			boolean bad = (i / 100) % 2 == 1;
			if (i % 100 == 50) {
				// what is still under way is late after a command
				circuit.close(Command.because("a new beginning"));
				this.forgotten.forEach((permit) -> settle(permit, Outcome.success(), Duration.ZERO));
				this.forgotten.clear();
			}
			call(circuit.tryAcquire(), random, bad);
			this.time.advance(Duration.ofMillis(random.nextInt(100)));
		}
		circuit.close(Command.because("the end"));
		this.forgotten.forEach((permit) -> settle(permit, Outcome.success(), Duration.ZERO));
	}

	private void call(@Nullable Permit permit, Random random, boolean bad) {
		if (permit == null) {
			note(CallOutcome.REJECTED, Duration.ZERO);
		}
		else if (random.nextInt(20) == 0) {
			this.forgotten.add(permit);
		}
		else {
			Duration duration = Duration.ofMillis(random.nextInt(50));
			this.time.advance(duration);
			settle(permit, outcome(random, bad), duration);
		}
	}

	private static Outcome outcome(Random random, boolean bad) {
		if (random.nextInt(10) == 0) {
			return Outcome.ignored();
		}
		return (random.nextInt(10) < (bad ? 9 : 1)) ? Outcome.failure("down") : Outcome.success();
	}

	private void settle(Permit permit, Outcome outcome, Duration duration) {
		if (permit.settle(outcome) == Permit.Settlement.LATE) {
			note(CallOutcome.LATE, Duration.ZERO);
		}
		else if (outcome.equals(Outcome.ignored())) {
			note(CallOutcome.IGNORED, Duration.ZERO);
		}
		else {
			note(outcome.equals(Outcome.success()) ? CallOutcome.SUCCESS : CallOutcome.FAILURE, duration);
		}
	}

	private void note(CallOutcome outcome, Duration duration) {
		this.counted.merge(outcome, 1L, Long::sum);
		this.took.merge(outcome, duration, Duration::plus);
	}

	private static FunctionTimer timer(MeterRegistry registry, CallOutcome outcome) {
		return registry.get("brama.calls").tag("outcome", TagValues.of(outcome)).functionTimer();
	}

	private static double scraped(PrometheusMeterRegistry registry, String name, CallOutcome outcome) {
		String series = name + "{identifier=\"payment-api\",outcome=\"" + TagValues.of(outcome)
				+ "\",scope=\"\",type=\"general\"} ";
		return registry.scrape()
			.lines()
			.filter((line) -> line.startsWith(series))
			.mapToDouble((line) -> Double.parseDouble(line.substring(series.length())))
			.findFirst()
			.orElse(Double.NaN);
	}

}
