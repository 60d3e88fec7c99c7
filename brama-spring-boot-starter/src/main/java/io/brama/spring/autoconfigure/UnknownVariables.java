package io.brama.spring.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Reports environment variables and system properties that look like keys of Brama and
 * set nothing. Spring Boot lets such pass, because both may hold things that only happen
 * to have a name like that; hence no failure, and silence where no key is near.
 */
final class UnknownVariables implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog(UnknownVariables.class);

	private final ConfigurableEnvironment environment;

	UnknownVariables(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		List<String> variables = names(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, "brama_");
		List<String> properties = names(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, "brama.");
		if (!variables.isEmpty() || !properties.isEmpty()) {
			KnownKeys keys = new KnownKeys();
			variables.forEach(
					(name) -> check("Environment variable " + name, ConfigurationPropertyName.adapt(name, '_'), keys));
			properties
				.forEach((name) -> check("System property " + name, ConfigurationPropertyName.adapt(name, '.'), keys));
		}
	}

	private List<String> names(String source, String prefix) {
		return (this.environment.getPropertySources().get(source) instanceof EnumerablePropertySource<?> variables)
				? Stream.of(variables.getPropertyNames())
					.filter((name) -> name.toLowerCase(Locale.ROOT).startsWith(prefix))
					.sorted()
					.toList()
				: List.of();
	}

	private static void check(String variable, ConfigurationPropertyName name, KnownKeys keys) {
		String meant = keys.isKnown(name) ? null : keys.nearest(name);
		if (meant != null) {
			logger.warn(variable + " sets nothing. Did you mean one for " + meant + "?");
		}
	}

}
