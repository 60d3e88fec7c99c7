package io.brama.spring.autoconfigure;

import io.brama.spring.web.CircuitOpenAdvice;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Auto-configuration of the answer to requests whose controller met an open circuit.
 */
@AutoConfiguration(after = BramaAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnClass(RestControllerAdvice.class)
@ConditionalOnBooleanProperty(name = { "brama.enabled", "brama.web.problem-details" }, matchIfMissing = true)
public final class BramaWebAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CircuitOpenAdvice bramaCircuitOpenAdvice() {
		return new CircuitOpenAdvice();
	}

}
