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
 * The names of configured connections, which must differ in more than case and dashes: to
 * environment variables such names are the same.
 */
final class ConnectionNames {

	private ConnectionNames() {
	}

	/**
	 * Refuse names that are the same but for case and dashes. The exception is the shadow
	 * of a variable: {@code BRAMA_CONNECTIONS_PAYMENTAPI_EXPIRY} sets an option of
	 * {@code payment-api} and also makes a connection {@code paymentapi}, which is
	 * removed.
	 * @param names the names, from which shadows are removed
	 * @param environment knows the variables
	 */
	static void requireDistinct(Set<String> names, Environment environment) {
		Map<String, List<String>> alike = names.stream()
			.collect(Collectors.groupingBy(ConnectionNames::plain, TreeMap::new, Collectors.toList()));
		alike.forEach((plain, same) -> {
			if (same.size() == 2 && same.contains(plain) && isSetByVariable(plain, environment)) {
				names.remove(plain);
			}
			else if (same.size() > 1) {
				throw InvalidBramaPropertyException.of("brama.connections." + same.get(1),
						"'%s' and '%s' differ only in case or dashes, and configuration takes such names for the same"
							.formatted(same.get(0), same.get(1)),
						null);
			}
		});
	}

	private static String plain(String name) {
		return name.replace("-", "").toLowerCase(Locale.ROOT);
	}

	private static boolean isSetByVariable(String plain, Environment environment) {
		String prefix = "BRAMA_CONNECTIONS_" + plain.toUpperCase(Locale.ROOT) + "_";
		return environment instanceof ConfigurableEnvironment configurable && configurable.getPropertySources()
			.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME) instanceof SystemEnvironmentPropertySource variables
				&& Stream.of(variables.getPropertyNames())
					.anyMatch((name) -> name.toUpperCase(Locale.ROOT).startsWith(prefix));
	}

}
