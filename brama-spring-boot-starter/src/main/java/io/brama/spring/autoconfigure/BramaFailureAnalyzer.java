package io.brama.spring.autoconfigure;

import io.brama.spring.annotation.MisusedCircuitBreakerException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says at startup which property or annotation is wrong, and how to mend it.
 */
class BramaFailureAnalyzer extends AbstractFailureAnalyzer<RuntimeException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RuntimeException cause) {
		InvalidBramaPropertyException property = findCause(rootFailure, InvalidBramaPropertyException.class);
		if (property != null) {
			return new FailureAnalysis(property.getMessage(), property.action(), property);
		}
		MisusedCircuitBreakerException misuse = findCause(rootFailure, MisusedCircuitBreakerException.class);
		return (misuse != null) ? new FailureAnalysis(misuse.getMessage(), misuse.getAction(), misuse) : null;
	}

}
