package io.brama.spring.autoconfigure;

import io.brama.Brama;
import io.brama.TimeSource;
import io.brama.spring.actuate.BramaEndpoint;
import io.brama.spring.actuate.BramaEndpointWebExtension;
import io.brama.spring.actuate.CommandBodyAdvice;
import io.brama.spring.actuate.CommandBodyFilter;
import io.brama.spring.actuate.Display;
import io.brama.spring.annotation.CircuitBreakerAdvisor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebFilter;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Auto-configuration of the actuator endpoint {@code brama}.
 */
@AutoConfiguration(after = BramaAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBooleanProperty(name = "brama.enabled", matchIfMissing = true)
@ConditionalOnAvailableEndpoint(BramaEndpoint.class)
public final class BramaEndpointAutoConfiguration {

	private static final EndpointId ID = EndpointId.of("brama");

	@Bean
	@ConditionalOnMissingBean
	BramaEndpoint bramaEndpoint(Brama brama, Display display, ApplicationEventPublisher publisher) {
		return new BramaEndpoint(brama, display, new OptionBinder(), publisher);
	}

	@Bean
	@ConditionalOnMissingBean
	Display bramaDisplay(BramaProperties properties, Environment environment, ObjectProvider<TimeSource> time,
			ObjectProvider<EndpointAccessResolver> access, ObjectProvider<CircuitBreakerAdvisor> advisor) {
		boolean writable = access.stream()
			.anyMatch((resolver) -> resolver.accessFor(ID, Access.READ_ONLY) == Access.UNRESTRICTED);
		return new Display(environment.getProperty("spring.application.name"), time.getIfAvailable(TimeSource::system),
				writable, properties.getActuator().isShowMessages(),
				(id) -> advisor.stream().flatMap((gate) -> gate.methodsGuardedBy(id).stream()).toList());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(BramaEndpoint.class)
	@ConditionalOnAvailableEndpoint(endpoint = BramaEndpoint.class, exposure = EndpointExposure.WEB)
	BramaEndpointWebExtension bramaEndpointWebExtension(BramaEndpoint endpoint) {
		return new BramaEndpointWebExtension(endpoint);
	}

	/** Commands with options over Spring MVC. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass(RequestBodyAdviceAdapter.class)
	@ConditionalOnAvailableEndpoint(endpoint = BramaEndpoint.class, exposure = EndpointExposure.WEB)
	static class ServletCommands {

		@Bean
		CommandBodyAdvice bramaCommandBodyAdvice() {
			return new CommandBodyAdvice();
		}

	}

	/** Commands with options over Spring WebFlux. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnClass(WebFilter.class)
	@ConditionalOnAvailableEndpoint(endpoint = BramaEndpoint.class, exposure = EndpointExposure.WEB)
	static class ReactiveCommands {

		@Bean
		CommandBodyFilter bramaCommandBodyFilter(ObjectProvider<PathMappedEndpoints> endpoints) {
			return new CommandBodyFilter(() -> String.valueOf(endpoints.getObject().getPath(ID)));
		}

	}

}
