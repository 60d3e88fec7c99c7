package io.brama.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.brama.rewrite.Breakers.Place;
import org.jspecify.annotations.Nullable;

/**
 * What Brama needs to be told so that a circuit opens and closes when the circuit breaker
 * of Resilience4j did.
 */
final class Translation {

	private static final String AS_BEFORE = "as Resilience4j does unless told otherwise";

	private static final String TYPE = "sliding-window-type";

	private static final String SIZE = "sliding-window-size";

	private static final String MINIMUM = "minimum-number-of-calls";

	private static final String THRESHOLD = "failure-rate-threshold";

	private static final String TRIALS = "permitted-number-of-calls-in-half-open-state";

	private static final String TRIAL_TIME = "max-wait-duration-in-half-open-state";

	private static final String SUCCESSES = "half-open.successes-to-close";

	private static final Map<String, String> NAMES = Map.of(THRESHOLD, "failure-rate.threshold", SIZE,
			"failure-rate.window", MINIMUM, "failure-rate.minimum-calls", "slow-call-rate-threshold",
			"slow-calls.threshold", "slow-call-duration-threshold", "slow-calls.duration", TRIALS,
			"half-open.trial-calls", TRIAL_TIME, "half-open.trial-timeout");

	/** What both libraries call the same. Elements of lists are keys of their own. */
	private static final Pattern SAME = Pattern.compile("((ignore|record)-exceptions)(\\[\\d+])?|<<");

	private static final Set<String> NEEDLESS = Set.of("automatic-transition-from-open-to-half-open-enabled",
			"writable-stack-trace-enabled", "event-consumer-buffer-size", Counterparts.HEALTH);

	private final Breakers breakers;

	private final Place place;

	private final Map<String, String> own;

	private final Waiting waiting;

	private final Counterparts counterparts;

	Translation(Breakers breakers, Place place) {
		this.breakers = breakers;
		this.place = place;
		this.own = breakers.of(place);
		this.waiting = new Waiting(breakers, place);
		this.counterparts = new Counterparts(breakers, place);
	}

	/**
	 * What becomes of an option.
	 * @return the option for Brama, or {@code null} if it needs none
	 */
	@Nullable Line translate(String option, String value) {
		String name = Breakers.kebab(option);
		if (isNeedless(name, value)) {
			return null;
		}
		if (SAME.matcher(name).matches()) {
			return new Line(name, value);
		}
		if (Waiting.isAbout(name)) {
			return this.waiting.translate(name, value);
		}
		return NAMES.containsKey(name) ? line(name, value) : this.counterparts.translate(name, value);
	}

	private boolean isNeedless(String name, String value) {
		return switch (name) {
			case TYPE -> isTime() || isCalls();
			case TRIAL_TIME -> value.matches("0\\D*");
			case "base-config" -> !this.place.isShared() && value.equals(Place.DEFAULT.name());
			case "transition-to-state-after-wait-duration" -> value.equalsIgnoreCase("open");
			case "ignore-class-binding-exceptions" -> value.equalsIgnoreCase("false");
			default -> NEEDLESS.contains(name);
		};
	}

	private Line line(String name, String value) {
		String newName = NAMES.getOrDefault(name, name);
		return switch (name) {
			case SIZE -> new Line(newName, isTime() ? value + "s" : value, doubtAboutWindow());
			case MINIMUM -> new Line(newName, atMostTheWindow(value));
			case THRESHOLD, "slow-call-rate-threshold" ->
				new Line(newName, isNumber(value.replaceFirst("\\.\\d+$", "")) ? value + "%" : value);
			default -> new Line(newName, value);
		};
	}

	/** What stands above the additions, if it is one thing for all. */
	@Nullable String heading() {
		return writesDefaults() ? AS_BEFORE : null;
	}

	private boolean writesDefaults() {
		return this.place.equals(Place.DEFAULT) && this.breakers.wantDefaults();
	}

	/**
	 * What has to be said besides: what follows from several options, and what
	 * Resilience4j does unless told otherwise.
	 */
	List<Line> additions() {
		List<Line> lines = new ArrayList<>();
		if (writesDefaults()) {
			lines.add(new Line("max-attempts", "off"));
		}
		Breakers.DEFAULTS.forEach((name, value) -> {
			if (!this.own.containsKey(name) && !isSaidElsewhere(name) && isToBeSaid(name)) {
				lines.add(line(name, String.valueOf(this.breakers.value(this.place, name))));
			}
		});
		if (isToBeSaid(SUCCESSES)) {
			addSuccesses(lines);
		}
		lines.addAll(this.waiting.additions());
		lines.addAll(this.counterparts.additions());
		if (!this.place.isShared() && !this.own.containsKey("base-config")
				&& this.breakers.know(Place.shared(this.place.name()))) {
			lines.add(new Line("scope", this.place.name()));
		}
		return lines;
	}

	/** Defaults that another document overrides need not be written down. */
	private boolean isSaidElsewhere(String name) {
		return writesDefaults() && this.breakers.at(this.place, name) != null;
	}

	/** Whether a circuit would not have what Resilience4j goes by if nobody said it. */
	private boolean isToBeSaid(String name) {
		if (writesDefaults()) {
			return true;
		}
		return switch (name) {
			case SIZE -> (isSaid(TYPE) || isSaid(SIZE)) && (isTime() || isCalls());
			case MINIMUM -> isSaid(MINIMUM) || (isSaid(SIZE) && !isMinimumInOrder());
			case SUCCESSES -> isSaid(TRIALS) || isSaid(THRESHOLD);
			default -> isSaid(name);
		};
	}

	/**
	 * Whether this place says something of an option, or the default one does, which
	 * other shared configurations take after in Brama only.
	 */
	private boolean isSaid(String name) {
		return this.own.containsKey(name) || (this.place.isScope() && this.breakers.at(Place.DEFAULT, name) != null);
	}

	private void addSuccesses(List<Line> lines) {
		String trials = this.breakers.value(this.place, TRIALS);
		String threshold = this.breakers.value(this.place, THRESHOLD);
		if (trials == null || threshold == null || !isNumber(trials) || !threshold.matches("\\d+(\\.\\d+)?")) {
			lines.add(new Line(SUCCESSES, "1", "of N trials: N minus those that reach the threshold, plus 1"));
			return;
		}
		int calls = Integer.parseInt(trials);
		int failures = (int) Math.ceil(calls * Double.parseDouble(threshold) / 100);
		boolean doubt = !this.breakers.isUnconditional() && (this.breakers.said(this.place, TRIALS) == null
				|| this.breakers.said(this.place, THRESHOLD) == null);
		lines.add(new Line(SUCCESSES, String.valueOf(calls - failures + 1), doubt
				? "if trials are " + calls + " and the threshold is " + threshold + "%: look into other files" : null));
	}

	private boolean isTime() {
		return "time_based".equalsIgnoreCase(this.breakers.value(this.place, TYPE));
	}

	private boolean isCalls() {
		String type = this.breakers.value(this.place, TYPE);
		return type == null || type.equalsIgnoreCase("count_based");
	}

	private @Nullable String doubtAboutWindow() {
		return (!this.breakers.isUnconditional() && this.breakers.said(this.place, TYPE) == null)
				? "calls; a window of time has a unit, such as 30s: look for its type in other files" : null;
	}

	/** A window of calls of Resilience4j is judged when it is full, at the latest. */
	private String atMostTheWindow(String minimum) {
		String size = String.valueOf(this.breakers.value(this.place, SIZE));
		boolean tooMany = isCalls() && isNumber(size) && isNumber(minimum)
				&& Integer.parseInt(minimum) > Integer.parseInt(size);
		return tooMany ? size : minimum;
	}

	private boolean isMinimumInOrder() {
		String minimum = String.valueOf(this.breakers.value(this.place, MINIMUM));
		return atMostTheWindow(minimum).equals(minimum);
	}

	private static boolean isNumber(String value) {
		return value.matches("\\d{1,9}");
	}

	/**
	 * An option of Brama, or why one of Resilience4j becomes none.
	 *
	 * @param name its key, empty if there is none
	 * @param value its value
	 * @param comment what a person should know who reads it
	 */
	record Line(String name, String value, @Nullable String comment) {

		Line(String name, String value) {
			this(name, value, null);
		}

		/** An option that stays as a comment, for a person to decide about. */
		static Line left(String reason) {
			return new Line("", "", "TODO " + reason);
		}

		boolean isLeft() {
			return this.name.isEmpty();
		}

	}

}
