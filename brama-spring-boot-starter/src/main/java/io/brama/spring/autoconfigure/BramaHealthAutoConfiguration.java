package io.brama.spring.autoconfigure;

import io.brama.Brama;
import io.brama.spring.health.BramaHealthIndicator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health contributor {@code brama}. It is there even with
 * {@code brama.enabled=false}: health groups may name it, and an application whose groups
 * name what does not exist does not start.
 */
@AutoConfiguration(after = BramaAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnEnabledHealthIndicator("brama")
public final class BramaHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "bramaHealthIndicator")
	BramaHealthIndicator bramaHealthIndicator(Brama brama) {
		return new BramaHealthIndicator(brama);
	}

}
