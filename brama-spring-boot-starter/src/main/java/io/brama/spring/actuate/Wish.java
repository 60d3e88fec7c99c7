package io.brama.spring.actuate;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;

/**
 * What an operator asked for, as it was written.
 *
 * @param action what to do
 * @param reason why
 * @param expiresIn for how long to open the circuit
 * @param mode the mode to set
 * @param config the options to set, as an object or as its JSON
 */
record Wish(String action, @Nullable String reason, @Nullable String expiresIn, @Nullable String mode,
		@Nullable Object config) {

	/**
	 * The options to set.
	 * @throws IllegalArgumentException if they are not an object with options
	 */
	Map<?, ?> options() {
		Object given = (this.config instanceof String text) ? parsed(text) : this.config;
		if (given instanceof Map<?, ?> options && !options.isEmpty()) {
			return options;
		}
		throw noOptions(null);
	}

	private static Map<String, Object> parsed(String text) {
		try {
			return JsonParserFactory.getJsonParser().parseMap(text);
		}
		catch (JsonParseException ex) {
			throw noOptions(ex);
		}
	}

	private static IllegalArgumentException noOptions(@Nullable Throwable cause) {
		return new IllegalArgumentException(
				"config must be an object that names at least one option, such as {\"max-attempts\": 5}", cause);
	}

}
