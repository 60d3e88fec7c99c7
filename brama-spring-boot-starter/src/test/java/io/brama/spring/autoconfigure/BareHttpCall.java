package io.brama.spring.autoconfigure;

import io.brama.Outcome;
import io.brama.spring.web.HttpErrors;

import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

/**
 * Asks the ready-made handler for HTTP about exceptions of one client, for class paths on
 * which the other is not.
 */
public final class BareHttpCall {

	private BareHttpCall() {
	}

	/**
	 * Ask it about an answer and about none.
	 * @return the reasons it gives
	 */
	public static String answers() {
		return reason(new HttpServerErrorException(HttpStatus.SERVICE_UNAVAILABLE)) + ", "
				+ reason(new ResourceAccessException("no answer"));
	}

	private static String reason(Exception error) {
		return ((Outcome.Failure) new HttpErrors().classify(null, error)).reason();
	}

}
