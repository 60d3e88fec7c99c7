package io.brama.spring.autoconfigure;

import io.brama.Brama;
import io.brama.ConnectionId;
import io.brama.TimeSource;
import io.brama.spring.autoconfigure.HttpProperties.Guard;
import io.brama.spring.web.CircuitExchangeFilter;
import io.brama.spring.web.CircuitRequestInterceptor;
import io.brama.spring.web.HttpConnections;
import io.brama.spring.web.HttpErrors;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/**
 * Auto-configuration of the gate in front of HTTP clients. What an application may ask
 * for by name is there even with {@code brama.enabled=false}; what changes the clients of
 * Spring Boot is not.
 */
@AutoConfiguration(after = BramaAutoConfiguration.class)
@ConditionalOnClass(ClientHttpRequestInterceptor.class)
public final class BramaHttpClientAutoConfiguration {

	/** A fallback: an application may have an error handler of its own to inject. */
	@Bean
	@Fallback
	@ConditionalOnMissingBean
	HttpErrors bramaHttpErrors(ObjectProvider<TimeSource> timeSource) {
		return new HttpErrors(timeSource.getIfAvailable(TimeSource::system));
	}

	@Bean
	@ConditionalOnMissingBean
	HttpConnections bramaHttpConnections(BramaProperties properties, Brama brama) {
		String identifier = properties.getHttp().getIdentifier();
		if (identifier == null) {
			return HttpConnections.perHost(brama);
		}
		ConnectionId id = requireAlone(identifier, properties.getHttp().getGuard(), brama);
		if (properties.isEnabled()) {
			brama.circuit(id);
		}
		return (request) -> id;
	}

	private static ConnectionId requireAlone(String identifier, Guard guard, Brama brama) {
		try {
			if (guard != Guard.NONE) {
				throw new IllegalArgumentException(
						"it names one circuit for all hosts, and brama.http.guard asks for others; remove one of the two");
			}
			return brama.identify(new ConnectionId(identifier, HttpConnections.TYPE, null));
		}
		catch (IllegalArgumentException ex) {
			throw InvalidBramaPropertyException.of("brama.http.identifier", ex.getMessage(), ex);
		}
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "brama.enabled", matchIfMissing = true)
	GuardedGroups bramaGuardedGroups(BramaProperties properties, Brama brama) {
		return new GuardedGroups(properties, brama);
	}

	/** HTTP service groups that use a {@code RestClient}. */
	@Bean
	@ConditionalOnBooleanProperty(name = "brama.enabled", matchIfMissing = true)
	RestClientHttpServiceGroupConfigurer bramaRestClientGroupConfigurer(GuardedGroups guarded, HttpErrors errors) {
		return (groups) -> groups.filter(guarded::contains)
			.forEachClient((group, client) -> client.requestInterceptors((interceptors) -> {
				interceptors.removeIf(CircuitRequestInterceptor.class::isInstance);
				interceptors.add(CircuitRequestInterceptor.of(guarded.circuitOf(group)).withErrorHandler(errors));
			}));
	}

	/** The clients that Spring Boot builds. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RestClientCustomizer.class)
	@ConditionalOnBooleanProperty(name = "brama.enabled", matchIfMissing = true)
	static class BootClients {

		@Bean
		RestClientCustomizer bramaRestClientCustomizer(BramaProperties properties, Brama brama,
				HttpConnections connections, HttpErrors errors) {
			return (client) -> {
				if (properties.getHttp().guardsClients()) {
					client.requestInterceptor(interceptor(brama, connections, errors));
				}
			};
		}

		@Bean
		RestTemplateCustomizer bramaRestTemplateCustomizer(BramaProperties properties, Brama brama,
				HttpConnections connections, HttpErrors errors) {
			return (client) -> {
				if (properties.getHttp().guardsClients()) {
					client.getInterceptors().add(interceptor(brama, connections, errors));
				}
			};
		}

		private static CircuitRequestInterceptor interceptor(Brama brama, HttpConnections connections,
				HttpErrors errors) {
			return CircuitRequestInterceptor.of(brama, connections).withErrorHandler(errors);
		}

	}

	/** HTTP service groups that use a {@code WebClient}. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClient.class)
	@ConditionalOnBooleanProperty(name = "brama.enabled", matchIfMissing = true)
	static class ReactiveGroups {

		@Bean
		WebClientHttpServiceGroupConfigurer bramaWebClientGroupConfigurer(GuardedGroups guarded, HttpErrors errors) {
			return (groups) -> groups.filter(guarded::contains)
				.forEachClient((group, client) -> client.filters((filters) -> {
					filters.removeIf(CircuitExchangeFilter.class::isInstance);
					filters.add(CircuitExchangeFilter.of(guarded.circuitOf(group)).withErrorHandler(errors));
				}));
		}

	}

	/** The reactive clients that Spring Boot builds. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ WebClient.class, WebClientCustomizer.class })
	@ConditionalOnBooleanProperty(name = "brama.enabled", matchIfMissing = true)
	static class ReactiveBootClients {

		@Bean
		WebClientCustomizer bramaWebClientCustomizer(BramaProperties properties, Brama brama,
				HttpConnections connections, HttpErrors errors) {
			return (client) -> {
				if (properties.getHttp().guardsClients()) {
					client.filter(CircuitExchangeFilter.of(brama, connections).withErrorHandler(errors));
				}
			};
		}

	}

}
