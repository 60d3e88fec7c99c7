package io.brama.rewrite;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.internal.ListUtils;
import org.openrewrite.yaml.YamlIsoVisitor;
import org.openrewrite.yaml.tree.Yaml;

/**
 * Gives the options of a Resilience4j circuit breaker in YAML the names that Brama has
 * for them. What needs no option any more is left out; what has no counterpart stays.
 */
public final class RenameCircuitBreakerKeys extends Recipe {

	/** Where the options of one circuit breaker stand, or those that some share. */
	private static final Pattern OPTIONS = Pattern
		.compile("resilience4j\\.circuitbreaker\\.(?:instances|configs)\\.[^.]+");

	private static final Map<String, String> NAMES = Map.of("failure-rate-threshold", "failure-rate.threshold",
			"sliding-window-size", "failure-rate.window", "minimum-number-of-calls", "failure-rate.minimum-calls",
			"slow-call-rate-threshold", "slow-calls.threshold", "slow-call-duration-threshold", "slow-calls.duration",
			"wait-duration-in-open-state", "expiry", "permitted-number-of-calls-in-half-open-state",
			"half-open.trial-calls", "max-wait-duration-in-half-open-state", "half-open.trial-timeout", "base-config",
			"scope");

	private static final Set<String> NEEDLESS = Set.of("sliding-window-type",
			"automatic-transition-from-open-to-half-open-enabled", "writable-stack-trace-enabled",
			"event-consumer-buffer-size", "register-health-indicator");

	@Override
	public String getDisplayName() {
		return "Rename the options of circuit breakers in YAML";
	}

	@Override
	public String getDescription() {
		return "Gives the options of a Resilience4j circuit breaker the names that Brama has for them.";
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getVisitor() {
		return new YamlIsoVisitor<ExecutionContext>() {

			@Override
			public Yaml.Mapping visitMapping(Yaml.Mapping mapping, ExecutionContext context) {
				Yaml.Mapping visited = super.visitMapping(mapping, context);
				return OPTIONS.matcher(pathTo(getCursor())).matches() ? migrated(visited) : visited;
			}

		};
	}

	/** The keys from the root to a place. */
	private static String pathTo(Cursor cursor) {
		StringBuilder path = new StringBuilder();
		for (Iterator<Object> above = cursor.getPath(); above.hasNext();) {
			if (above.next() instanceof Yaml.Mapping.Entry entry) {
				path.insert(0, path.isEmpty() ? "" : ".").insert(0, entry.getKey().getValue());
			}
		}
		return path.toString();
	}

	private static Yaml.Mapping migrated(Yaml.Mapping options) {
		boolean timeBased = isTimeBased(options);
		List<Yaml.Mapping.Entry> kept = ListUtils.filter(options.getEntries(),
				(option) -> !NEEDLESS.contains(kebab(option.getKey().getValue())));
		return options.withEntries(
				ListUtils.map(kept, (option) -> renamed(option, kebab(option.getKey().getValue()), timeBased)));
	}

	private static Yaml.Mapping.Entry renamed(Yaml.Mapping.Entry option, String name, boolean timeBased) {
		Yaml.Mapping.Entry renamed = option;
		String newName = NAMES.get(name);
		if (newName != null && option.getKey() instanceof Yaml.Scalar key) {
			renamed = renamed.withKey(key.withValue(newName));
		}
		if (timeBased && name.equals("sliding-window-size") && option.getValue() instanceof Yaml.Scalar seconds) {
			renamed = renamed.withValue(seconds.withValue(seconds.getValue() + "s"));
		}
		return renamed;
	}

	private static boolean isTimeBased(Yaml.Mapping options) {
		return options.getEntries()
			.stream()
			.filter((entry) -> kebab(entry.getKey().getValue()).equals("sliding-window-type"))
			.anyMatch((entry) -> entry.getValue() instanceof Yaml.Scalar type
					&& type.getValue().equalsIgnoreCase("time_based"));
	}

	/** A key as the documentation writes it. */
	private static String kebab(String key) {
		return key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

}
