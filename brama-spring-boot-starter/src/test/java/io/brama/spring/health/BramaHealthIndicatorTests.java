package io.brama.spring.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.CircuitOptions;
import io.brama.CircuitState;
import io.brama.ConnectionId;
import io.brama.ErrorHandler;
import io.brama.Mode;
import io.brama.Outcome;
import io.brama.Permit;
import io.brama.TimeSource;
import io.brama.TransitionCause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What circuits say about health.
 */
class BramaHealthIndicatorTests {

	private final Brama brama = Brama.builder().maxAttempts(1).build();

	private final BramaHealthIndicator indicator = new BramaHealthIndicator(this.brama);

	@AfterEach
	void close() {
		this.brama.close();
	}

	@Test
	void withoutCircuitsTheApplicationIsUp() {
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("counts", Map.of()).containsEntry("connections", List.of());
	}

	@Test
	void anOpenCircuitIsShownAndTheApplicationIsUp() {
		this.brama.circuit(new ConnectionId("payment-api", "http", "payments"))
			.open(because("maintenance").forDuration(Duration.ofHours(1)));
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("counts", Map.of(CircuitState.OPEN, 1));
		Map<String, Object> shown = connections().get(0);
		assertThat(shown).containsOnlyKeys("identifier", "scope", "type", "state", "since", "remainingOpenTime",
				"cause", "reason");
		assertThat(shown).extractingByKeys("identifier", "scope", "type", "state", "cause")
			.extracting(Object::toString)
			.containsExactly("payment-api", "payments", "http", "OPEN", "OPERATOR");
		assertThat((Duration) shown.get("remainingOpenTime")).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
	}

	@Test
	void anOpenCriticalCircuitIsDown() {
		this.brama.register("payment-api", BramaHealthIndicatorTests::critical).open(because("maintenance"));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(connections().get(0)).containsEntry("critical", true);
	}

	@Test
	void aCriticalCircuitThatMakesTrialsIsUp() {
		this.brama.register("payment-api", BramaHealthIndicatorTests::critical).halfOpen(because("try it"));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENFORCE")
	void aCriticalCircuitThatRejectsNothingIsUp(Mode mode) {
		this.brama.register("payment-api", (options) -> options.critical(true).mode(mode)).open(because("maintenance"));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
		assertThat(connections().get(0)).containsEntry("mode", mode);
	}

	@Test
	void aCriticalCircuitThatIsNotUsedYetIsUp() {
		this.brama.register("payment-api", BramaHealthIndicatorTests::critical);
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void fewConnectionsAreAllShownTheWorstFirst() {
		this.brama.circuit("a-unknown");
		this.brama.circuit("b-closed").success();
		this.brama.circuit("c-half-open").halfOpen(because("try it"));
		this.brama.circuit("d-open").open(because("maintenance"));
		this.brama.register("e-critical", BramaHealthIndicatorTests::critical).open(because("maintenance"));
		assertThat(connections()).extracting((connection) -> connection.get("identifier"))
			.containsExactly("e-critical", "d-open", "c-half-open", "a-unknown", "b-closed");
	}

	@Test
	void ofManyConnectionsOnlyThoseThatAreNotWellAreShown() {
		register(BramaHealthIndicator.MOST);
		this.brama.circuit("partner-open").open(because("maintenance"));
		assertThat(connections()).singleElement().extracting("identifier").isEqualTo("partner-open");
		assertThat(this.indicator.health().getDetails()).containsEntry("counts",
				Map.of(CircuitState.UNKNOWN, BramaHealthIndicator.MOST, CircuitState.OPEN, 1));
	}

	@Test
	void noMoreAreShownThanAPageHolds() {
		register(BramaHealthIndicator.MOST + 1);
		this.brama.all().forEach((circuit) -> circuit.open(because("maintenance")));
		assertThat(connections()).hasSize(BramaHealthIndicator.MOST);
	}

	@Test
	void theTypeOfAnExceptionIsShownAndNotItsMessage() {
		try (Permit permit = this.brama.circuit("payment-api").acquire()) {
			permit.settle(permit.classify(null, new IllegalStateException("password is s3cret"), ErrorHandler.DEFAULT));
		}
		assertThat(connections().get(0)).containsEntry("errorType", "java.lang.IllegalStateException");
		assertThat(this.indicator.health().toString()).doesNotContain("s3cret");
	}

	@Test
	void whatAHandlerSaysInItsOwnWordsIsShown() {
		try (Permit permit = this.brama.circuit("payment-api").acquire()) {
			permit.settle(permit.classify(null, new IllegalStateException("password is s3cret"),
					(result, error) -> Outcome.failure("503 Service Unavailable").tripNow()));
		}
		assertThat(connections().get(0)).containsEntry("reason", "503 Service Unavailable");
		assertThat(this.indicator.health().toString()).doesNotContain("s3cret");
	}

	@Test
	void anExceptionOfFormerTimesIsNotBlamedForACommand() {
		Circuit circuit = this.brama.circuit("payment-api");
		try (Permit permit = circuit.acquire()) {
			permit.settle(permit.classify(null, new IllegalStateException("no answer"), ErrorHandler.DEFAULT));
		}
		circuit.close(because("it is back"));
		circuit.open(because("maintenance"));
		assertThat(connections().get(0)).containsEntry("cause", TransitionCause.OPERATOR)
			.doesNotContainKey("errorType");
	}

	@Test
	void ofManyConnectionsOnlyTheTroubledAreLookedAtClosely() {
		AtomicInteger readings = new AtomicInteger();
		try (Brama counted = Brama.builder().timeSource(new CountedTime(readings)).build()) {
			IntStream.range(0, 1000).forEach((i) -> counted.circuit("partner-" + i).success());
			counted.circuit("partner-7").open(because("maintenance"));
			BramaHealthIndicator health = new BramaHealthIndicator(counted);
			int before = readings.get();
			assertThat(health.health().getDetails()).containsEntry("counts",
					Map.of(CircuitState.CLOSED, 999, CircuitState.OPEN, 1));
			assertThat(readings.get() - before).as("a status reads the clocks").isBetween(1, 10);
		}
	}

	private static void critical(CircuitOptions<?> options) {
		options.critical(true);
	}

	private void register(int circuits) {
		IntStream.range(0, circuits).forEach((i) -> this.brama.circuit("partner-" + i));
	}

	@SuppressWarnings("unchecked")
	private List<Map<String, Object>> connections() {
		return (List<Map<String, Object>>) this.indicator.health().getDetails().get("connections");
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
