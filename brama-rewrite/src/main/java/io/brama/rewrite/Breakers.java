package io.brama.rewrite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What one document says of the circuit breakers of Resilience4j, and what holds for
 * each.
 */
final class Breakers {

	/**
	 * The options whose defaults make circuits of Resilience4j different from Brama's.
	 */
	static final Map<String, String> DEFAULTS = defaults();

	private final Map<Place, Map<String, String>> options = new LinkedHashMap<>();

	private final boolean unconditional;

	/** What holds for the same application; the last overrides the others. */
	private List<Breakers> others = List.of();

	private boolean first;

	/**
	 * Begin to collect.
	 * @param unconditional whether the document always holds, whatever the profile
	 */
	Breakers(boolean unconditional) {
		this.unconditional = unconditional;
	}

	/**
	 * Among all that holds.
	 * @param others the other documents that always hold
	 * @param first whether all others override this one
	 */
	void standAmong(List<Breakers> others, boolean first) {
		this.others = List.copyOf(others);
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

	/** Whether the document always holds, whatever the profile. */
	boolean isUnconditional() {
		return this.unconditional;
	}

	/** Whether the defaults of Resilience4j are to be written down in this document. */
	boolean wantDefaults() {
		return this.first && this.unconditional && !isEmpty();
	}

	/** Whether this document names a place. */
	boolean contains(Place place) {
		return this.options.containsKey(place);
	}

	/** Whether this document or another names a place. */
	boolean know(Place place) {
		return contains(place) || this.others.stream().anyMatch((other) -> other.contains(place));
	}

	/** What this document says of a place. */
	Map<String, String> of(Place place) {
		return this.options.getOrDefault(place, Map.of());
	}

	/** What is said at a place itself, in this document or else in another. */
	@Nullable String at(Place place, String option) {
		String value = of(place).get(option);
		for (int i = this.others.size() - 1; value == null && i >= 0; i--) {
			value = this.others.get(i).of(place).get(option);
		}
		return value;
	}

	/** What is said of an option, for a circuit breaker or for those it is like. */
	@Nullable String said(Place place, String option) {
		String own = at(place, option);
		if (own != null) {
			return own;
		}
		Place base = base(place);
		return (base != null) ? said(base, option) : null;
	}

	/** The value of an option for a circuit breaker, as far as the files go. */
	@Nullable String value(Place place, String option) {
		String said = said(place, option);
		return (said != null) ? said : DEFAULTS.get(option);
	}

	/** A shared configuration that is named does not go on to the default one. */
	@Nullable Place base(Place place) {
		if (place.isShared()) {
			return null;
		}
		String named = at(place, "base-config");
		if (named != null) {
			return Place.shared(named);
		}
		Place sameName = Place.shared(place.name());
		return know(sameName) ? sameName : Place.DEFAULT;
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

		/** Whether some share the options, but not all. */
		boolean isScope() {
			return this.isShared && !equals(DEFAULT);
		}

	}

}
