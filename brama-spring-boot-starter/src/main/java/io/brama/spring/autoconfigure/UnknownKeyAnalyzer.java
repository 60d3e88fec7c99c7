package io.brama.spring.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/**
 * Says at startup which keys under {@code brama} do not exist, where they stand, and what
 * was probably meant. Asked before Spring Boot's own, which does not know the keys.
 */
class UnknownKeyAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> implements Ordered {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("brama");

	@Override
	public int getOrder() {
		return 0;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
		List<ConfigurationProperty> unknown = cause.getUnboundProperties()
			.stream()
			.filter((property) -> PREFIX.isAncestorOf(property.getName()))
			.toList();
		if (unknown.isEmpty()) {
			return null;
		}
		KnownKeys keys = new KnownKeys();
		String description = unknown.stream()
			.map((property) -> describe(property, keys.nearest(property.getName())))
			.collect(Collectors.joining(System.lineSeparator()));
		return new FailureAnalysis(description, (unknown.size() == 1) ? "Mend the key, or remove it."
				: "Mend these keys, or remove them: all that are unknown are listed.", cause);
	}

	private static String describe(ConfigurationProperty property, @Nullable String meant) {
		return "Key " + property.getName() + " does not exist"
				+ ((property.getOrigin() != null) ? " (" + property.getOrigin() + ")." : ".")
				+ ((meant != null) ? " Did you mean " + meant + "?" : "");
	}

}
