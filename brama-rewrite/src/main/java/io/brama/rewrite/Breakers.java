package io.brama.rewrite;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What one file says of the circuit breakers of Resilience4j, and what holds for each.
 */
final class Breakers {

	/**
	 * The options whose defaults make circuits of Resilience4j different from Brama's.
	 */
	static final Map<String, String> DEFAULTS = defaults();

	private final Map<Place, Map<String, String>> options = new LinkedHashMap<>();

	private final boolean first;

	/**
	 * Begin to collect.
	 * @param first whether the file is the one whose options others override
	 */
	Breakers(boolean first) {
		this.first = first;
	}

	private static Map<String, String> defaults() {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("failure-rate-threshold", "50");
		defaults.put("sliding-window-size", "100");
		defaults.put("minimum-number-of-calls", "100");
		defaults.put("slow-call-rate-threshold", "100");
		defaults.put("slow-call-duration-threshold", "60s");
		defaults.put("permitted-number-of-calls-in-half-open-state", "10");
		return defaults;
	}

	void put(Place place, String option, String value) {
		this.options.computeIfAbsent(place, (missing) -> new LinkedHashMap<>()).put(kebab(option), value);
	}

	boolean isEmpty() {
		return this.options.isEmpty();
	}

	/** Whether the defaults of Resilience4j are to be written down in this file. */
	boolean wantDefaults() {
		return this.first && !isEmpty();
	}

	boolean isFirst() {
		return this.first;
	}

	boolean contains(Place place) {
		return this.options.containsKey(place);
	}

	Map<String, String> of(Place place) {
		return this.options.getOrDefault(place, Map.of());
	}

	/**
	 * What the file says of an option, for a circuit breaker or for those it is like.
	 */
	@Nullable String said(Place place, String option) {
		String own = of(place).get(option);
		if (own != null) {
			return own;
		}
		Place base = base(place);
		return (base != null) ? said(base, option) : null;
	}

	/** The value of an option for a circuit breaker, as far as this file goes. */
	@Nullable String value(Place place, String option) {
		String said = said(place, option);
		return (said != null) ? said : DEFAULTS.get(option);
	}

	/** A shared configuration that is named does not go on to the default one. */
	private @Nullable Place base(Place place) {
		String named = of(place).get("base-config");
		if (place.isShared()) {
			return null;
		}
		if (named != null) {
			return Place.shared(named);
		}
		Place sameName = Place.shared(place.name());
		return contains(sameName) ? sameName : Place.DEFAULT;
	}

	/** A key as the documentation writes it. */
	static String kebab(String key) {
		return key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	/**
	 * Where the options of one circuit breaker stand, or those that some share.
	 *
	 * @param isShared whether some share them
	 * @param name the name of the circuit breaker or of the shared configuration
	 */
	record Place(boolean isShared, String name) {

		static final Place DEFAULT = shared("default");

		static Place of(String group, String name) {
			return new Place(group.equals("configs"), name);
		}

		static Place shared(String name) {
			return new Place(true, name);
		}

	}

}
