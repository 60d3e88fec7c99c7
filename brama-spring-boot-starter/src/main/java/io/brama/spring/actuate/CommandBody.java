package io.brama.spring.actuate;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.json.JsonWriter;

/**
 * The body of a command over HTTP. Spring Boot takes no other values in it than texts, so
 * an object of options becomes its own JSON as a text before Spring Boot reads it.
 */
final class CommandBody {

	private static final String CONFIG = "config";

	private CommandBody() {
	}

	/** The same body with nothing but texts in it; what is no command stays as it is. */
	static byte[] flat(byte[] body) {
		try {
			Map<String, Object> command = JsonParserFactory.getJsonParser()
				.parseMap(new String(body, StandardCharsets.UTF_8));
			return (command.get(CONFIG) instanceof Map<?, ?> config) ? flat(command, config) : body;
		}
		catch (JsonParseException ex) {
			return body;
		}
	}

	private static byte[] flat(Map<String, Object> command, Map<?, ?> config) {
		Map<String, Object> flat = new LinkedHashMap<>(command);
		flat.put(CONFIG, JsonWriter.standard().writeToString(config));
		return JsonWriter.standard().writeToString(flat).getBytes(StandardCharsets.UTF_8);
	}

}
