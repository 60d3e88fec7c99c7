package io.brama.spring.autoconfigure;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.TimeSource;
import io.brama.spring.metrics.BramaMetrics;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When an application has the meters, and what its keys do.
 */
class MetricsWiringTests {

	private final ApplicationContextRunner plain = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class, BramaMetricsAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.plain
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
		.withBean(CountedTime.class)
		.withPropertyValues("brama.events.delivery=direct");

	private static FunctionTimer successes(MeterRegistry registry) {
		return registry.get("brama.calls").tag("outcome", "success").functionTimer();
	}

	private static double succeed(Brama brama, MeterRegistry registry) {
		brama.circuit("payment-api").run(() -> {
		});
		assertThat(successes(registry).count()).isEqualTo(1);
		return successes(registry).totalTime(TimeUnit.NANOSECONDS);
	}

	@Test
	void theMetersAreThereAndTimeCalls() {
		this.runner
			.run((context) -> assertThat(succeed(context.getBean(Brama.class), context.getBean(MeterRegistry.class)))
				.isPositive());
	}

	@Test
	void callsNeedNotBeTimed() {
		this.runner.withPropertyValues("brama.metrics.durations=false")
			.run((context) -> assertThat(succeed(context.getBean(Brama.class), context.getBean(MeterRegistry.class)))
				.isZero());
	}

	@Test
	void aCallReadsTheClockForItsTime() {
		this.runner.run((context) -> assertThat(readingsOfTheClock(context)).isPositive());
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.metrics.enable.brama=false", "management.metrics.enable.brama.calls=false",
			"management.metrics.enable.all=false", "brama.metrics.durations=false" })
	void aTimeThatNobodyWantsIsNotMeasured(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(readingsOfTheClock(context)).isZero());
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.metrics.enable.brama.state=false",
			"management.metrics.enable.all=false,management.metrics.enable.brama=true",
			"management.metrics.enable.brama=false,management.metrics.enable.brama.calls=true" })
	void theTimeIsMeasuredIfItsMeterIsWanted(String properties) {
		this.runner.withPropertyValues(properties.split(",")).run((context) -> {
			assertThat(readingsOfTheClock(context)).isPositive();
			assertThat(successes(context.getBean(MeterRegistry.class)).count()).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.metrics.enable.brama.connections=false",
			"management.metrics.enable.brama.events=false,management.metrics.enable.brama.connections=false",
			"management.metrics.enable.brama.calls=false,management.metrics.enable.brama.connections=false",
			"management.metrics.enable.brama.calls=false,management.metrics.enable.brama.events=false" })
	void aScrapeFindsTheStateWhicheverMetersAreSwitchedOff(String properties) {
		this.runner.withPropertyValues(properties.split(",")).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(Brama.class).circuit("payment-api").success();
			scrape(registry);
			assertThat(registry.get("brama.state").gauge().value()).isZero();
		});
	}

	private static void scrape(MeterRegistry registry) {
		registry.getMeters().forEach((meter) -> meter.measure().forEach(Measurement::getValue));
	}

	/** How often a call reads it. */
	private static int readingsOfTheClock(AssertableApplicationContext context) {
		Circuit circuit = context.getBean(Brama.class).circuit("payment-api");
		AtomicInteger readings = context.getBean(CountedTime.class).readings();
		int before = readings.get();
		circuit.run(() -> {
		});
		return readings.get() - before;
	}

	@Test
	void anApplicationWithSeveralRegistriesHasThemInEach() {
		this.runner.withConfiguration(AutoConfigurations.of(PrometheusMetricsExportAutoConfiguration.class))
			.withBean("own", SimpleMeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				context.getBean(Brama.class).circuit("payment-api");
				assertThat(context.getBean(SimpleMeterRegistry.class).find("brama.open.remaining").meters()).hasSize(1);
				assertThat(context.getBean(PrometheusMeterRegistry.class).scrape())
					.contains("brama_open_remaining_seconds{");
			});
	}

	@Test
	void theLimitIsConfigured() {
		this.runner.withPropertyValues("brama.metrics.max-connections=1").run((context) -> {
			context.getBean(Brama.class).circuit("first");
			context.getBean(Brama.class).circuit("second");
			assertThat(context.getBean(MeterRegistry.class).find("brama.open.remaining").meters()).hasSize(1);
		});
	}

	@Test
	void aLimitOutOfItsRangeNamesTheKey() {
		this.runner.withPropertyValues("brama.metrics.max-connections=-1")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("Property brama.metrics.max-connections is not valid")
				.hasStackTraceContaining("must be between 0 and 10000000, was -1"));
	}

	@Test
	void metersOfTheApplicationTakeTheirPlace() {
		this.runner.withBean(BramaMetrics.class, () -> new BramaMetrics(Brama.create()))
			.run((context) -> assertThat(context).hasSingleBean(BramaMetrics.class));
	}

	@Test
	void aGateThatIsSwitchedOffHasNone() {
		this.runner.withPropertyValues("brama.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(Brama.class).doesNotHaveBean(BramaMetrics.class));
	}

	@Test
	void withoutARegistryThereAreNone() {
		this.plain.run((context) -> assertThat(context).hasSingleBean(Brama.class).doesNotHaveBean(BramaMetrics.class));
	}

	@Test
	@Tag("T69")
	void withoutMicrometerThereAreNone() {
		this.plain.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("bramaMetrics"));
	}

	@Test
	@Tag("T66")
	void aContextThatClosesTakesItsMetersAway() {
		MeterRegistry shared = new SimpleMeterRegistry();
		this.runner.withBean(MeterRegistry.class, () -> shared, (bean) -> bean.setDestroyMethodName(""))
			.run((context) -> {
				context.getBean(Brama.class).circuit("payment-api");
				assertThat(shared.find("brama.open.remaining").meters()).isNotEmpty();
			});
		assertThat(shared.getMeters()).noneMatch((meter) -> meter.getId().getName().startsWith("brama."));
	}

	/** The time of the machine, and how often it was asked for. */
	record CountedTime(AtomicInteger readings) implements TimeSource {

		CountedTime() {
			this(new AtomicInteger());
		}

		@Override
		public long nanoTime() {
			this.readings.incrementAndGet();
			return TimeSource.system().nanoTime();
		}

		@Override
		public Instant instant() {
			this.readings.incrementAndGet();
			return TimeSource.system().instant();
		}

	}

}
