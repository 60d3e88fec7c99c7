package io.brama.spring.event;

import java.lang.System.Logger.Level;
import java.util.Map;

import io.brama.TransitionLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes the line of each transition to the logger {@code io.brama} of SLF4J, and its
 * parts as key-value pairs, whose names begin with {@code brama.}: a log for machines
 * shows them, one for people looks as ever.
 */
public final class KeyValueTransitionLog implements TransitionLog {

	private static final Logger logger = LoggerFactory.getLogger("io.brama");

	@Override
	public void write(Level level, String line, Map<String, Object> fields) {
		LoggingEventBuilder event = (level == Level.WARNING) ? logger.atWarn() : logger.atInfo();
		for (Map.Entry<String, Object> field : fields.entrySet()) {
			event = event.addKeyValue("brama." + field.getKey(), field.getValue());
		}
		event.log(line);
	}

}
