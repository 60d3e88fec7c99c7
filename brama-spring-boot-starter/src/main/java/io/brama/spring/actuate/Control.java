package io.brama.spring.actuate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.brama.Circuit;
import io.brama.Command;
import io.brama.Mode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

/**
 * What an operator asks a circuit to do, checked before it is done.
 */
final class Control {

	/** Stands for an opening that lasts until the next command. */
	private static final String NEVER = "never";

	private final Action action;

	private final Command command;

	private final @Nullable Mode mode;

	private final @Nullable String expiresIn;

	private Control(Action action, Command command, @Nullable Mode mode, @Nullable String expiresIn) {
		this.action = action;
		this.command = command;
		this.mode = mode;
		this.expiresIn = expiresIn;
	}

	/**
	 * Read what was asked.
	 * @param actor who asked, if that is known
	 * @throws InvalidEndpointRequestException if it makes no sense
	 */
	static Control of(String action, @Nullable String reason, @Nullable String expiresIn, @Nullable String mode,
			@Nullable String actor) {
		Action wanted = constant(Action.class, "action", action);
		require(expiresIn == null || wanted == Action.OPEN, "expiresIn goes with the action open only");
		require((mode != null) == (wanted == Action.MODE), "mode goes with the action mode, and with no other");
		Command command = Command.because(StringUtils.hasText(reason) ? reason : "no reason given");
		if (StringUtils.hasText(actor)) {
			command = command.by(actor);
		}
		return new Control(wanted, lasting(command, expiresIn),
				(mode != null) ? constant(Mode.class, "mode", mode) : null, expiresIn);
	}

	private static Command lasting(Command command, @Nullable String expiresIn) {
		if (expiresIn == null) {
			return command;
		}
		if (expiresIn.equalsIgnoreCase(NEVER)) {
			return command.untilToldOtherwise();
		}
		try {
			return command.forDuration(DurationStyle.detectAndParse(expiresIn));
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw invalid("expiresIn must be a time from 1ms to 36525d such as 1h, or never, was '" + expiresIn + "'");
		}
	}

	private static <E extends Enum<E>> E constant(Class<E> type, String what, String value) {
		String name = value.toUpperCase(Locale.ROOT);
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> constant.name().equals(name))
			.findAny()
			.orElseThrow(() -> invalid(what + " must be one of "
					+ Arrays.stream(type.getEnumConstants())
						.map((constant) -> constant.name().toLowerCase(Locale.ROOT))
						.collect(Collectors.joining(", "))
					+ ", was '" + value + "'"));
	}

	private static void require(boolean satisfied, String message) {
		if (!satisfied) {
			throw invalid(message);
		}
	}

	private static InvalidEndpointRequestException invalid(String message) {
		return new InvalidEndpointRequestException(message, message);
	}

	/** Do it. */
	void apply(Circuit circuit) {
		switch (this.action) {
			case OPEN -> circuit.open(this.command);
			case CLOSE -> circuit.close(this.command);
			case RESET -> circuit.reset(this.command);
			case MODE -> {
				if (this.mode != null) {
					circuit.mode(this.mode, this.command);
				}
			}
		}
	}

	/** What is told to whoever audits. */
	Map<String, Object> facts(@Nullable String reason) {
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("action", this.action.name().toLowerCase(Locale.ROOT));
		if (StringUtils.hasText(reason)) {
			facts.put("reason", reason);
		}
		if (this.expiresIn != null) {
			facts.put("expiresIn", this.expiresIn);
		}
		if (this.mode != null) {
			facts.put("mode", this.mode.name().toLowerCase(Locale.ROOT));
		}
		return facts;
	}

	/** What can be asked of a circuit. */
	private enum Action {

		OPEN, CLOSE, RESET, MODE

	}

}
