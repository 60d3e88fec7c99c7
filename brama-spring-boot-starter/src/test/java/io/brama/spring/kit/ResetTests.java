package io.brama.spring.kit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.BramaEvent.StateChanged;
import io.brama.Circuit;
import io.brama.ConnectionStatus;
import io.brama.Delivery;
import io.brama.EventFilter;
import io.brama.Mode;
import io.brama.TimeSource;
import io.brama.test.Circuits;
import io.brama.test.Faults;
import io.brama.test.ManualTime;
import io.brama.test.RecordedEvents;
import io.brama.test.spring.AutoConfigureBrama;
import io.brama.test.spring.BramaTest;
import io.brama.test.spring.KeepCircuits;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

import static io.brama.Command.because;
import static io.brama.test.BramaAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one test does to circuits, the next one does not see.
 */
class ResetTests {

	/** Find a context as new, and leave nothing in it as it was. */
	private static void useUp(Brama brama) {
		ConnectionStatus status = brama.status("payment-api").orElseThrow();
		assertThat(status).isUnknown().hasMode(Mode.ENFORCE).hasFailures(0);
		assertThat(status.config().maxAttempts()).isEqualTo(10);
		Circuits circuits = Circuits.of(brama);
		circuits.trip("payment-api");
		brama.configure((options) -> options.maxAttempts(3));
		brama.circuit("payment-api").configure(because("a test"), (options) -> options.maxAttempts(4));
		brama.circuit("payment-api").mode(Mode.OFF, because("a test"));
	}

	/** In a slice there is more to be used up. */
	@BramaTest(Payments.class)
	@Nested
	class Slice {

		@Autowired
		private Brama brama;

		@Autowired
		private Payments payments;

		@RepeatedTest(2)
		void everythingIsAsNew(@Autowired ManualTime time, @Autowired Faults faults, @Autowired RecordedEvents events) {
			assertThat(time.instant()).isEqualTo(ManualTime.START);
			assertThat(events).isEmpty();
			assertThat(this.payments.transfer("a")).isEqualTo("via a");
			useUp(this.brama);
			time.advance(Duration.ofHours(1));
			time.stepWallClock(Duration.ofHours(1));
			faults.on("bank-a").reject();
		}

		@RepeatedTest(2)
		void aCircuitThatCleanupRemovedIsBack(@Autowired ManualTime time) {
			assertThat(this.brama.find("payment-api")).isPresent();
			time.advance(Duration.ofDays(2));
			assertThat(this.brama.all()).isEmpty();
		}

	}

	/** The kit need not be there for that. */
	@SpringBootTest(classes = Shop.class, webEnvironment = WebEnvironment.NONE)
	@Nested
	class WithoutTheKit {

		@RepeatedTest(2)
		void circuitsAreAsNew(@Autowired Brama brama, @Autowired(required = false) ManualTime time) {
			assertThat(time).isNull();
			useUp(brama);
		}

	}

	/** Events that are still on their way belong to the test that caused them. */
	@SpringBootTest(classes = Shop.class, webEnvironment = WebEnvironment.NONE)
	@AutoConfigureBrama(delivery = Delivery.ASYNC)
	@Nested
	class Asynchronous {

		@Autowired
		private Brama brama;

		@RepeatedTest(3)
		void noEventOfAnotherTestComesLate(RepetitionInfo repetition, @Autowired RecordedEvents events) {
			this.brama.subscribe(EventFilter.types(BramaEvent.Type.SUCCESS), (event) -> LockSupport.parkNanos(20_000));
			Circuit own = this.brama.circuit("partner-" + repetition.getCurrentRepetition());
			own.open(because("all before it has been delivered"));
			events.await(StateChanged.class);
			assertThat(events.list()).allSatisfy((event) -> assertThat(event.connection()).isEqualTo(own.id()));
			own.close(because("the rest comes late"));
			for (int call = 1; call <= 500; call++) {
				own.success();
			}
		}

		@Test
		void theManualTimeComesBeforeThatOfTheApplication(@Autowired ManualTime time) {
			time.advance(Duration.ofSeconds(5));
			assertThat(this.brama.status("payment-api").orElseThrow().timeInState())
				.isGreaterThanOrEqualTo(Duration.ofSeconds(5));
		}

		@TestConfiguration(proxyBeanMethods = false)
		static class OwnTime {

			@Bean
			TimeSource ownTime() {
				return TimeSource.system();
			}

		}

	}

	/** One test goes on where the last one ended. */
	@BramaTest(components = Payments.class, properties = "brama.max-attempts=4")
	@KeepCircuits
	@TestMethodOrder(MethodOrderer.MethodName.class)
	@Nested
	class Kept {

		@Autowired
		private Circuits circuits;

		@Test
		void aFirst() {
			this.circuits.open("payment-api");
		}

		@Test
		void bThen() {
			assertThat(this.circuits.get("payment-api")).isOpen();
		}

	}

	/** A single test may leave things to the next one, too. */
	@BramaTest(components = Payments.class, properties = "brama.max-attempts=5")
	@TestMethodOrder(MethodOrderer.MethodName.class)
	@Nested
	class KeptOnce {

		@Autowired
		private Circuits circuits;

		@Test
		@KeepCircuits
		void aFirst() {
			this.circuits.open("payment-api");
		}

		@Test
		void bThen() {
			assertThat(this.circuits.get("payment-api")).isOpen();
		}

		@Test
		void cAtLast() {
			assertThat(this.circuits.get("payment-api")).isUnknown();
		}

	}

}
