package io.brama;

import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;

import io.brama.BramaEvent.StateChanged;
import org.jspecify.annotations.Nullable;

/**
 * What the log says about a transition: a warning when a circuit opens, else for
 * information.
 */
final class TransitionLine {

	private static final System.Logger logger = System.getLogger("io.brama");

	private TransitionLine() {
	}

	static void write(BramaEvent event, TransitionLog log) {
		if (event instanceof StateChanged change) {
			Level level = (change.next() == CircuitState.OPEN) ? Level.WARNING : Level.INFO;
			log.write(level, words(change), fields(change));
		}
	}

	/** The log of an application that sets no other. */
	static void writeWords(Level level, String line, Map<String, Object> fields) {
		logger.log(level, line);
	}

	static String words(StateChanged change) {
		StringBuilder line = new StringBuilder().append(change.connection())
			.append(": ")
			.append((change.previous() != change.next()) ? change.previous() + " -> " : "stays ")
			.append(change.next())
			.append(", ")
			.append(cause(change));
		if (change.reason() != null) {
			line.append(" (").append(Text.oneLine(change.reason())).append(')');
		}
		if (change.next() == CircuitState.OPEN) {
			line.append((change.expiry() != null) ? "; trials begin in " + Text.value(change.expiry())
					: "; open until told otherwise");
		}
		return line.toString();
	}

	private static String cause(StateChanged change) {
		return switch (change.cause()) {
			case CONSECUTIVE_FAILURES -> change.failureCount() + " " + change.cause().words();
			case OPERATOR -> (change.actor() != null) ? "by " + Text.oneLine(change.actor()) : "by command";
			default -> change.cause().words();
		};
	}

	private static Map<String, Object> fields(StateChanged change) {
		Map<String, Object> fields = new LinkedHashMap<>();
		put(fields, "connection", change.connection().identifier());
		put(fields, "scope", change.scope());
		put(fields, "type", change.connection().type());
		put(fields, "previous", change.previous().name());
		put(fields, "next", change.next().name());
		put(fields, "cause", change.cause().name());
		put(fields, "reason", change.reason());
		put(fields, "actor", change.actor());
		fields.put("failureCount", change.failureCount());
		if (change.expiry() != null) {
			fields.put("expiry", change.expiry());
		}
		return fields;
	}

	private static void put(Map<String, Object> fields, String name, @Nullable String text) {
		if (text != null) {
			fields.put(name, Text.oneLine(text));
		}
	}

}
