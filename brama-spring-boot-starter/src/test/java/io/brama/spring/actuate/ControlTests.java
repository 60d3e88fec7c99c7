package io.brama.spring.actuate;

import io.brama.Brama;
import io.brama.Circuit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Commands to a circuit that was taken away meanwhile and that there is no room for.
 */
class ControlTests {

	private final Brama brama = Brama.builder().maxConnections(1).build();

	@AfterEach
	void close() {
		this.brama.close();
	}

	@ParameterizedTest
	@CsvSource({ "open,", "close,", "reset,", "mode,observe" })
	void aCommandThatIsNotObeyedIsSaidToBe(String action, String mode) {
		Circuit homeless = homeless();
		Control control = Control.of(new Wish(action, null, null, mode, null), null, (config) -> {
			throw new IllegalStateException("there are no options to read");
		});
		assertThatExceptionOfType(NotObeyedException.class).isThrownBy(() -> control.apply(homeless))
			.withMessage(
					"The circuit of connection 'payment-api' was taken away meanwhile, and there is no room to bring"
							+ " it back: all places are in use or held open. Unregister a connection, or raise"
							+ " brama.max-connections");
		assertThat(this.brama.find("payment-api")).isEmpty();
	}

	@Test
	void overHttpThatIsAConflict() {
		BramaEndpoint endpoint = mock();
		given(endpoint.control(any(), any(), any(), any(), any(), any(), any(), any(), any()))
			.willThrow(new NotObeyedException(homeless().id()));
		WebEndpointResponse<Object> answer = new BramaEndpointWebExtension(endpoint).control("payment-api", null, null,
				"open", null, null, null, null, null, SecurityContext.NONE);
		assertThat(answer.getStatus()).isEqualTo(409);
		assertThat(answer.getBody()).isInstanceOfSatisfying(BramaEndpointWebExtension.Problem.class,
				(problem) -> assertThat(problem.message()).contains("'payment-api'", "max-connections"));
	}

	private Circuit homeless() {
		Circuit circuit = this.brama.circuit("payment-api");
		this.brama.unregister("payment-api");
		this.brama.circuit("other").open(because("maintenance"));
		assertThat(this.brama.all()).extracting((other) -> other.id().identifier()).containsExactly("other");
		return circuit;
	}

}
