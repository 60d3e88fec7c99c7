package io.brama.rewrite;

import java.util.List;
import java.util.Locale;

import io.brama.rewrite.Breakers.Place;
import io.brama.rewrite.Translation.Line;

/**
 * The options of Resilience4j that have a counterpart for some values only, or none.
 */
final class Counterparts {

	static final String HEALTH = "register-health-indicator";

	private static final String STATE = "initial-state";

	private static final String MODE = "mode";

	private final Breakers breakers;

	private final Place place;

	Counterparts(Breakers breakers, Place place) {
		this.breakers = breakers;
		this.place = place;
	}

	Line translate(String name, String value) {
		return switch (name) {
			case "base-config" ->
				this.place.isShared() ? Line.left("scopes do not take after each other: copy what the other one says")
						: new Line("scope", value);
			case STATE -> mode(value);
			case "allow-health-indicator-to-fail" -> critical(value);
			case "sliding-window-type" -> Line.left("write a window of time with a unit, such as 30s");
			case "record-failure-predicate", "record-result-predicate", "ignore-exception-predicate" ->
				Line.left("name an error handler in the annotation instead");
			default -> Line.left("Brama has no such option");
		};
	}

	/** A scope takes after the defaults in Brama only. */
	List<Line> additions() {
		boolean leaks = this.place.isScope() && this.breakers.at(this.place, STATE) == null
				&& this.breakers.at(Place.DEFAULT, STATE) != null;
		return leaks ? List.of(mode("CLOSED")) : List.of();
	}

	private static Line mode(String state) {
		return switch (state.toUpperCase(Locale.ROOT)) {
			case "CLOSED" -> new Line(MODE, "enforce");
			case "DISABLED" -> new Line(MODE, "off");
			case "METRICS_ONLY" -> new Line(MODE, "observe");
			default -> Line.left("give a command when the application has started");
		};
	}

	/** A circuit breaker that is not in the health cannot make it fail. */
	private Line critical(String value) {
		String registered = this.breakers.said(this.place, HEALTH);
		if (registered == null) {
			registered = this.breakers.at(Place.DEFAULT, HEALTH);
		}
		boolean isCritical = value.equalsIgnoreCase("true") && "true".equalsIgnoreCase(registered);
		return (isCritical || value.equalsIgnoreCase("false")) ? new Line("critical", String.valueOf(isCritical))
				: Line.left("counts only where " + HEALTH + " is true; the option of Brama is critical");
	}

}
