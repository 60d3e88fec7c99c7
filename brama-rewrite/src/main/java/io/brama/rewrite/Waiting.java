package io.brama.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.brama.rewrite.Breakers.Place;
import io.brama.rewrite.Translation.Line;
import org.jspecify.annotations.Nullable;

/**
 * How long a circuit stays open. Resilience4j makes that of the options of one place
 * alone, and only if the wait itself is among them; in Brama, each option is inherited
 * for itself.
 */
final class Waiting {

	private static final String WAIT = "wait-duration-in-open-state";

	private static final String GROWS = "enable-exponential-backoff";

	private static final String FACTOR = "exponential-backoff-multiplier";

	private static final String LONGEST = "exponential-max-wait-duration-in-open-state";

	private static final String VARIES = "enable-randomized-wait";

	private static final String SPREAD = "randomized-wait-factor";

	private static final Set<String> ALL = Set.of(WAIT, GROWS, FACTOR, LONGEST, VARIES, SPREAD);

	private static final String STRATEGY = "expiry-strategy";

	/** The longest that Brama has. */
	private static final Line UNLIMITED = new Line("max-expiry", "36525d", "Resilience4j has no maximum");

	private final Breakers breakers;

	private final Place place;

	private final Map<String, String> own;

	Waiting(Breakers breakers, Place place) {
		this.breakers = breakers;
		this.place = place;
		this.own = breakers.of(place);
	}

	static boolean isAbout(String name) {
		return ALL.contains(name);
	}

	/** What becomes of an option; {@code null} if Brama needs none. */
	@Nullable Line translate(String name, String value) {
		if (name.equals(WAIT)) {
			return new Line("expiry", value);
		}
		if (!isSet(WAIT)) {
			return Line.left("without " + WAIT + " beside it, Resilience4j does not look at this");
		}
		return switch (name) {
			case GROWS -> isTruth(value) ? new Line(STRATEGY, isTrue(value) ? "progressive" : "fixed") : unclear();
			case VARIES -> isTruth(value) ? new Line("jitter", isTrue(value) ? spread() : "0") : unclear();
			case FACTOR -> grows(this.place) ? new Line("backoff-factor", value) : unused(GROWS);
			case LONGEST -> !grows(this.place) ? unused(GROWS) : isSet(FACTOR) ? new Line("max-expiry", value)
					: Line.left("without " + FACTOR + " beside it, Resilience4j does not look at this");
			default ->
				!varies(this.place) ? unused(VARIES) : this.own.containsKey(VARIES) ? null : new Line("jitter", value);
		};
	}

	private static Line unclear() {
		return Line.left("only the environment knows whether: set expiry-strategy or jitter");
	}

	private static Line unused(String switched) {
		return Line.left("counts only where " + switched + " is true");
	}

	/** What has to be said besides. */
	List<Line> additions() {
		List<Line> lines = new ArrayList<>();
		Place base = this.place.isScope() ? Place.DEFAULT : this.breakers.base(this.place);
		boolean begins = isBeginning();
		if (begins && !isSet(WAIT) && base != null && this.breakers.at(base, WAIT) != null) {
			lines.add(new Line("expiry", "60s"));
		}
		if (isTrue(this.own.get(GROWS)) && grows(this.place)) {
			addGrowth(lines);
		}
		else if (begins && base != null && grows(base) && !grows(this.place) && !this.own.containsKey(GROWS)) {
			lines.add(new Line(STRATEGY, "fixed"));
		}
		if (begins && base != null && varies(base) && !varies(this.place) && !this.own.containsKey(VARIES)) {
			lines.add(new Line("jitter", "0"));
		}
		return lines;
	}

	/** Whether here begins what does not take after others. */
	private boolean isBeginning() {
		return this.own.containsKey(WAIT) || (this.place.isScope() && !isSet(WAIT));
	}

	private void addGrowth(List<Line> lines) {
		if (!isSet(FACTOR)) {
			lines.add(new Line("backoff-factor", "1.5"));
		}
		if (!isSet(FACTOR) || !isSet(LONGEST)) {
			lines.add(UNLIMITED);
		}
		lines.add(new Line("backoff-reset-after", "0s"));
	}

	private String spread() {
		String factor = this.breakers.at(this.place, SPREAD);
		return (factor != null) ? factor : "0.5";
	}

	private boolean isSet(String name) {
		return this.breakers.at(this.place, name) != null;
	}

	private boolean grows(Place place) {
		return isTrue(this.breakers.at(place, GROWS)) && this.breakers.at(place, WAIT) != null;
	}

	private boolean varies(Place place) {
		return isTrue(this.breakers.at(place, VARIES)) && this.breakers.at(place, WAIT) != null;
	}

	private static boolean isTrue(@Nullable String value) {
		return "true".equalsIgnoreCase(value);
	}

	private static boolean isTruth(String value) {
		return isTrue(value) || value.equalsIgnoreCase("false");
	}

}
