package io.brama.spring.actuate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.brama.Circuit;
import io.brama.CircuitOptions;
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

	private final Wish wish;

	private final Consumer<Circuit> deed;

	private Control(Wish wish, Consumer<Circuit> deed) {
		this.wish = wish;
		this.deed = deed;
	}

	/**
	 * Read what was asked.
	 * @param actor who asked, if that is known
	 * @param reader reads options
	 * @throws InvalidEndpointRequestException if it makes no sense
	 */
	static Control of(Wish wish, @Nullable String actor, OptionReader reader) {
		Action action = constant(Action.class, "action", wish.action());
		require(wish.expiresIn() == null || action == Action.OPEN, "expiresIn goes with the action open only");
		require((wish.mode() != null) == (action == Action.MODE), "mode goes with the action mode, and with no other");
		require((wish.config() != null) == (action == Action.CONFIGURE),
				"config goes with the action configure, and with no other");
		try {
			return new Control(wish, deed(action, wish, command(wish, actor), reader));
		}
		catch (IllegalArgumentException ex) {
			throw invalid(ex.getMessage());
		}
	}

	private static Consumer<Circuit> deed(Action action, Wish wish, Command command, OptionReader reader) {
		return switch (action) {
			case OPEN -> (circuit) -> circuit.open(command);
			case CLOSE -> (circuit) -> circuit.close(command);
			case RESET -> (circuit) -> circuit.reset(command);
			case MODE -> {
				Mode mode = constant(Mode.class, "mode", wish.mode());
				yield (circuit) -> circuit.mode(mode, command);
			}
			case CONFIGURE -> {
				Consumer<CircuitOptions<?>> options = reader.read(wish.options());
				yield (circuit) -> circuit.configure(command, options);
			}
		};
	}

	private static Command command(Wish wish, @Nullable String actor) {
		String reason = wish.reason();
		Command command = Command.because(StringUtils.hasText(reason) ? reason : "no reason given");
		return lasting(StringUtils.hasText(actor) ? command.by(actor) : command, wish.expiresIn());
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

	private static <E extends Enum<E>> E constant(Class<E> type, String what, @Nullable String value) {
		String name = Objects.requireNonNullElse(value, "").toUpperCase(Locale.ROOT);
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

	private static InvalidEndpointRequestException invalid(@Nullable String message) {
		String reason = Objects.requireNonNullElse(message, "the request makes no sense");
		return new InvalidEndpointRequestException(reason, reason);
	}

	/**
	 * Do it.
	 * @throws InvalidEndpointRequestException if the circuit cannot do that
	 */
	void apply(Circuit circuit) {
		try {
			this.deed.accept(circuit);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(ex.getMessage());
		}
	}

	/** What is told to whoever audits. */
	Map<String, Object> facts() {
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("action", this.wish.action().toLowerCase(Locale.ROOT));
		if (StringUtils.hasText(this.wish.reason())) {
			facts.put("reason", this.wish.reason());
		}
		if (this.wish.expiresIn() != null) {
			facts.put("expiresIn", this.wish.expiresIn());
		}
		if (this.wish.mode() != null) {
			facts.put("mode", this.wish.mode().toLowerCase(Locale.ROOT));
		}
		if (this.wish.config() != null) {
			facts.put("config", this.wish.options());
		}
		return facts;
	}

	/** What can be asked of a circuit. */
	private enum Action {

		OPEN, CLOSE, RESET, MODE, CONFIGURE

	}

}
