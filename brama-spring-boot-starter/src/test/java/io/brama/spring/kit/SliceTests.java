package io.brama.spring.kit;

import java.io.IOException;
import java.time.Duration;

import io.brama.Brama;
import io.brama.BramaEvent.Success;
import io.brama.CircuitOpenException;
import io.brama.CircuitState;
import io.brama.test.Circuits;
import io.brama.test.Faults;
import io.brama.test.ManualTime;
import io.brama.test.RecordedEvents;
import io.brama.test.spring.BramaTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.ApplicationContext;

import static io.brama.test.BramaAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A slice of an application, and what befalls its guarded methods on purpose.
 */
@BramaTest(components = Payments.class, properties = "brama.max-attempts=2")
class SliceTests {

	private final IOException down = new IOException("down");

	@Autowired
	private ApplicationContext context;

	@Autowired
	private Brama brama;

	@Autowired
	private Payments payments;

	@Autowired
	private PaymentErrors errors;

	@Autowired
	private Circuits circuits;

	@Autowired
	private ManualTime time;

	@Autowired
	private RecordedEvents events;

	@Autowired
	private Faults faults;

	@BeforeEach
	void forget() {
		this.errors.reached.clear();
	}

	@Test
	void onlyTheComponentAndErrorHandlersTakePart() {
		assertThat(this.context.getBeansOfType(Warehouse.class)).isEmpty();
		assertThat(this.context.getBeansOfType(DispatcherServletAutoConfiguration.class)).isEmpty();
		assertThat(this.payments.payOrQueue("book")).isEqualTo("paid book");
	}

	@Test
	void propertiesAreSet() {
		assertThat(this.circuits.fail("payment-api", 2)).isOpen();
	}

	@Test
	void timePassesOnDemand() throws IOException {
		this.circuits.trip("payment-api");
		this.time.advance(Duration.ofSeconds(60));
		assertThat(this.payments.pay("book")).isEqualTo("paid book");
		assertThat(this.events).movedThrough("payment-api", CircuitState.OPEN, CircuitState.HALF_OPEN,
				CircuitState.CLOSED);
	}

	@Test
	void aPlainMethodFails() {
		this.faults.on("payment-api").fail(this.down).times(1);
		assertThatThrownBy(() -> this.payments.pay("book")).isSameAs(this.down);
		assertThat(this.errors.reached).isEmpty();
		assertThat(this.circuits.get("payment-api")).hasFailures(1);
	}

	@Test
	void itsErrorHandlerSaysWhatThatMeans() {
		this.faults.on("payment-api").fail(new SecurityException("refused"));
		assertThatThrownBy(() -> this.payments.pay("book")).hasMessage("refused");
		assertThat(this.circuits.get("payment-api")).hasIgnored(1).hasFailures(0);
	}

	@Test
	void aFallbackAnswersForAFailure() {
		this.faults.on("payment-api").fail(this.down);
		assertThat(this.payments.payOrQueue("book")).isEqualTo("queued book: down");
		assertThat(this.errors.reached).isEmpty();
		assertThat(this.circuits.get("payment-api")).hasFailures(1);
	}

	@Test
	void aFallbackAnswersForARejection() {
		this.faults.on("payment-api").reject().times(1);
		assertThat(this.payments.payOrQueue("book")).isEqualTo("rejected book");
		assertThat(this.payments.payOrQueue("book")).isEqualTo("paid book");
		assertThat(this.circuits.get("payment-api")).isClosed().hasRejections(1);
	}

	@Test
	void aFaultStrikesOnceForEachCall() {
		this.faults.on("payment-api").fail(this.down).times(1);
		assertThat(this.payments.payOrQueue("book")).startsWith("queued");
		assertThat(this.payments.payOrQueue("book")).isEqualTo("paid book");
	}

	@Test
	void methodsThatReturnFuturesFail() throws Exception {
		this.faults.on("payment-api").fail(this.down).times(2);
		assertThat(this.payments.payAsync("book")).isCompletedWithValue("queued book");
		assertThat(this.payments.payInFuture("book").get()).isEqualTo("queued book");
		assertThat(this.errors.reached).isEmpty();
		assertThat(this.circuits.get("payment-api")).isOpen().hasFailures(2);
	}

	@Test
	void methodsThatReturnPublishersFailOnceTheyAreSubscribedTo() {
		this.faults.on("payment-api").fail(new IllegalStateException("down")).times(2);
		assertThatThrownBy(this.payments.payReactively("book")::block).hasMessage("down");
		assertThatThrownBy(this.payments.payAll("book")::blockLast).hasMessage("down");
		assertThat(this.errors.reached).isEmpty();
		assertThat(this.circuits.get("payment-api")).isOpen().hasFailures(2);
	}

	@Test
	void aDelayIsSeenByTheCircuit() throws IOException {
		this.faults.on("payment-api").delay(Duration.ofSeconds(7));
		this.payments.pay("book");
		this.payments.payOrQueue("book");
		assertThat(this.events.list(Success.class)).extracting(Success::duration)
			.containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
	}

	@Test
	void aCircuitOfAnExpressionHasFaultsOfItsOwn() {
		this.faults.on("bank-a").reject();
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> this.payments.transfer("a"));
		assertThat(this.payments.transfer("b")).isEqualTo("via b");
	}

	@Test
	void theGateAndTheKitBelongTogether() {
		this.brama.circuit("payment-api").success();
		assertThat(this.events.list(Success.class)).hasSize(1)
			.allSatisfy((success) -> assertThat(success.timestamp()).isEqualTo(ManualTime.START));
	}

}
