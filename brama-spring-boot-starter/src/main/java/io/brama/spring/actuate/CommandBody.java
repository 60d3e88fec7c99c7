package io.brama.spring.actuate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.json.JsonWriter;

/**
 * The body of a command over HTTP. Spring Boot takes no other values in it than texts, so
 * options become their own JSON as a text before Spring Boot reads it. Of a body that
 * cannot be read its fault is left, for the endpoint to tell.
 */
final class CommandBody {

	/** So many bytes are read; a command with every option has less than 2000. */
	static final int LARGEST = 64 * 1024;

	private static final String CONFIG = "config";

	private static final String FAULT = "fault";

	private CommandBody() {
	}

	/** The same body with nothing but texts in it. */
	static byte[] flat(byte[] body) {
		if (body.length > LARGEST) {
			return of(Fault.TOO_LARGE);
		}
		try {
			Map<String, Object> command = JsonParserFactory.getJsonParser()
				.parseMap(new String(body, StandardCharsets.UTF_8));
			return flat(command, body);
		}
		catch (JsonParseException ex) {
			return of(Fault.NO_OBJECT);
		}
	}

	private static byte[] flat(Map<String, Object> command, byte[] body) {
		Map<String, Object> flat = new LinkedHashMap<>(command);
		flat.computeIfPresent(CONFIG,
				(key, config) -> isNested(config) ? JsonWriter.standard().writeToString(config) : config);
		if (flat.values().stream().anyMatch(CommandBody::isNested)) {
			return of(Fault.NO_TEXT);
		}
		return flat.equals(command) ? body : written(flat);
	}

	private static boolean isNested(@Nullable Object value) {
		return value instanceof Map || value instanceof Iterable;
	}

	/** A body that tells nothing but a fault. */
	private static byte[] of(Fault fault) {
		return written(Map.of(FAULT, fault.name()));
	}

	private static byte[] written(Map<String, Object> command) {
		return JsonWriter.standard().writeToString(command).getBytes(StandardCharsets.UTF_8);
	}

	/** Why a body cannot be read. */
	enum Fault {

		TOO_LARGE(413, "A command must not have more than " + LARGEST / 1024 + " KiB"),

		NO_OBJECT(400,
				"A command must be a JSON object such as {\"identifier\": \"payment-api\", \"action\": \"close\"}"),

		NO_TEXT(400, "Only config may be an object in a command; all else must be texts");

		private final int status;

		private final String message;

		Fault(int status, String message) {
			this.status = status;
			this.message = message;
		}

		/** The fault of this name, which a client may have invented. */
		static Fault named(String name) {
			return Arrays.stream(values()).filter((fault) -> fault.name().equals(name)).findAny().orElse(NO_OBJECT);
		}

		int status() {
			return this.status;
		}

		String message() {
			return this.message;
		}

	}

}
