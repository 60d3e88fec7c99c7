package io.brama;

import java.lang.System.Logger.Level;

import io.brama.BramaEvent.StateChanged;

/**
 * Writes one line for each transition: a warning when a circuit opens, else for
 * information.
 */
final class TransitionLog {

	private static final System.Logger logger = System.getLogger("io.brama");

	private TransitionLog() {
	}

	static void write(BramaEvent event) {
		if (event instanceof StateChanged change) {
			Level level = (change.next() == CircuitState.OPEN) ? Level.WARNING : Level.INFO;
			if (logger.isLoggable(level)) {
				logger.log(level, line(change));
			}
		}
	}

	static String line(StateChanged change) {
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

}
