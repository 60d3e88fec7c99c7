package io.brama.rewrite;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.yaml.YamlIsoVisitor;
import org.openrewrite.yaml.tree.Yaml;

/**
 * Gives the options of a Resilience4j circuit breaker in YAML the names that Brama has
 * for them. What needs no option any more is left out; what has no counterpart stays.
 */
public final class RenameCircuitBreakerKeys extends Recipe {

	private static final Pattern OPTION = Pattern
		.compile("resilience4j\\.circuitbreaker\\.(?:instances|configs)\\.[^.]+\\.([\\w-]+)");

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
			public Yaml.Mapping.@Nullable Entry visitMappingEntry(Yaml.Mapping.Entry entry, ExecutionContext context) {
				Yaml.Mapping.Entry visited = super.visitMappingEntry(entry, context);
				Matcher option = OPTION.matcher(path());
				if (!option.matches()) {
					return visited;
				}
				String name = kebab(option.group(1));
				if (NEEDLESS.contains(name)) {
					return null;
				}
				return renamed(visited, name, getCursor().firstEnclosingOrThrow(Yaml.Mapping.class));
			}

			/** The keys from the root to here. */
			private String path() {
				StringBuilder path = new StringBuilder();
				for (Iterator<Object> above = getCursor().getPath(); above.hasNext();) {
					if (above.next() instanceof Yaml.Mapping.Entry entry) {
						path.insert(0, path.isEmpty() ? "" : ".").insert(0, entry.getKey().getValue());
					}
				}
				return path.toString();
			}

		};
	}

	private static Yaml.Mapping.Entry renamed(Yaml.Mapping.Entry entry, String name, Yaml.Mapping options) {
		Yaml.Mapping.Entry renamed = entry;
		if (NAMES.containsKey(name) && entry.getKey() instanceof Yaml.Scalar key) {
			renamed = renamed.withKey(key.withValue(NAMES.get(name)));
		}
		if (name.equals("sliding-window-size") && isTimeBased(options)
				&& entry.getValue() instanceof Yaml.Scalar seconds) {
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
