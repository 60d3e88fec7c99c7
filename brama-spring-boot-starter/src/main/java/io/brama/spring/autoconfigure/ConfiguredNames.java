package io.brama.spring.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The names of configured connections or scopes, which must differ in more than case and
 * dashes: to environment variables such names are the same.
 */
final class ConfiguredNames {

	private final String group;

	private final Environment environment;

	private ConfiguredNames(String group, Environment environment) {
		this.group = group;
		this.environment = environment;
	}

	/** The names of connections. */
	static ConfiguredNames ofConnections(Environment environment) {
		return new ConfiguredNames("connections", environment);
	}

	/** The names of scopes. */
	static ConfiguredNames ofScopes(Environment environment) {
		return new ConfiguredNames("scopes", environment);
	}

	/**
	 * Refuse names that are the same but for case and dashes. The exception is the shadow
	 * of a variable: {@code BRAMA_CONNECTIONS_PAYMENTAPI_EXPIRY} sets an option of
	 * {@code payment-api} and also makes a connection {@code paymentapi}, which is
	 * removed.
	 * @param names the names, from which shadows are removed
	 */
	void requireDistinct(Set<String> names) {
		Map<String, List<String>> alike = names.stream()
			.collect(Collectors.groupingBy(ConfiguredNames::plain, TreeMap::new, Collectors.toList()));
		alike.forEach((plain, same) -> {
			if (same.size() == 2 && same.contains(plain) && !variablesOf(plain).isEmpty()) {
				names.remove(plain);
			}
			else if (same.size() > 1) {
				throw InvalidBramaPropertyException.of("brama." + this.group + "." + same.get(1),
						"'%s' and '%s' differ only in case or dashes, and configuration takes such names for the same"
							.formatted(same.get(0), same.get(1)),
						null);
			}
		});
	}

	/** What a variable says of a name: neither where dashes stand, nor the case. */
	static String plain(String name) {
		return name.replace("-", "").toLowerCase(Locale.ROOT);
	}

	/** The environment variables that set something for a name. */
	List<String> variablesOf(String name) {
		String prefix = "BRAMA_" + (this.group + "_" + plain(name) + "_").toUpperCase(Locale.ROOT);
		return variables().filter((variable) -> variable.toUpperCase(Locale.ROOT).startsWith(prefix)).sorted().toList();
	}

	private Stream<String> variables() {
		return (this.environment instanceof ConfigurableEnvironment configurable && configurable.getPropertySources()
			.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME) instanceof SystemEnvironmentPropertySource variables)
					? Stream.of(variables.getPropertyNames()) : Stream.empty();
	}

}
