package io.brama;

import java.lang.System.Logger.Level;
import java.util.Map;

/**
 * Where the line goes that stands in the log for each transition. Unless another one is
 * set, it is the logger {@code io.brama} of {@link System.Logger}.
 */
@FunctionalInterface
public interface TransitionLog {

	/**
	 * Write the line of one transition. Lines come one at a time, those of one circuit in
	 * the order of its transitions, where events are delivered; what is thrown is logged
	 * and harms nobody.
	 * @param level WARNING when a circuit opens, else INFO
	 * @param line the line for people to read
	 * @param fields the same in parts, for machines: connection (the identifier), scope,
	 * type, previous, next, cause, reason, actor, failureCount (an {@code Integer}) and
	 * expiry (a {@code Duration}), each only if there is one. Neither the line nor a text
	 * among the fields has line breaks or control characters, whatever came from outside
	 */
	void write(Level level, String line, Map<String, Object> fields);

}
