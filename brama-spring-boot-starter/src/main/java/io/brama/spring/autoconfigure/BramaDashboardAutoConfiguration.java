package io.brama.spring.autoconfigure;

import io.brama.spring.actuate.BramaDashboardEndpoint;
import io.brama.spring.actuate.DashboardInterceptor;
import io.brama.spring.actuate.DashboardPaths;
import io.brama.spring.actuate.DashboardWebFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.web.server.WebFilter;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * Auto-configuration of the dashboard.
 */
@AutoConfiguration(after = BramaEndpointAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "brama.enabled", matchIfMissing = true)
@ConditionalOnAvailableEndpoint(endpoint = BramaDashboardEndpoint.class, exposure = EndpointExposure.WEB)
@ImportRuntimeHints(BramaDashboardAutoConfiguration.Files.class)
public final class BramaDashboardAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DashboardPaths bramaDashboardPaths(ObjectProvider<PathMappedEndpoints> endpoints) {
		return new DashboardPaths(endpoints::getObject);
	}

	@Bean
	@ConditionalOnMissingBean
	BramaDashboardEndpoint bramaDashboardEndpoint(DashboardPaths paths) {
		return new BramaDashboardEndpoint(paths);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass(MappedInterceptor.class)
	static class Servlet {

		@Bean
		MappedInterceptor bramaDashboardInterceptor(DashboardPaths paths) {
			return new MappedInterceptor(new String[] { paths.pattern() }, new DashboardInterceptor());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnClass(WebFilter.class)
	static class Reactive {

		@Bean
		DashboardWebFilter bramaDashboardWebFilter(DashboardPaths paths) {
			return new DashboardWebFilter(paths);
		}

	}

	/** The files of the page, which a native image would leave out. */
	static class Files implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
			hints.resources().registerPattern("io/brama/spring/actuate/dashboard/*");
		}

	}

}
