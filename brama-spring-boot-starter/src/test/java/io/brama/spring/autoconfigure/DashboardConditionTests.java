package io.brama.spring.autoconfigure;

import io.brama.spring.actuate.BramaDashboardEndpoint;
import io.brama.spring.actuate.DashboardInterceptor;
import io.brama.spring.actuate.DashboardPaths;
import io.brama.spring.actuate.DashboardWebFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.server.WebFilter;
import org.springframework.web.servlet.handler.MappedInterceptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the dashboard is there, and what comes with it.
 */
class DashboardConditionTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=brama,bramadashboard";

	private static final AutoConfigurations ALL = AutoConfigurations.of(BramaAutoConfiguration.class,
			BramaEndpointAutoConfiguration.class, BramaDashboardAutoConfiguration.class,
			EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class);

	private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(ALL);

	@Test
	void itIsThereOnceItIsExposed() {
		this.web.run((context) -> assertThat(context).doesNotHaveBean(BramaDashboardEndpoint.class));
		this.web.withPropertyValues("management.endpoints.web.exposure.include=brama")
			.run((context) -> assertThat(context).doesNotHaveBean(BramaDashboardEndpoint.class));
		this.web.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(BramaDashboardEndpoint.class));
	}

	@Test
	void thereIsNoneWithoutAWebApplication() {
		new ApplicationContextRunner().withConfiguration(ALL)
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DashboardPaths.class));
	}

	@Test
	void itsHeadersComeFromWhatServesThePage() {
		this.web.withPropertyValues(EXPOSED).run((context) -> {
			assertThat(context).doesNotHaveBean(DashboardWebFilter.class);
			assertThat(context.getBean(MappedInterceptor.class).getInterceptor())
				.isInstanceOf(DashboardInterceptor.class);
		});
		new ReactiveWebApplicationContextRunner().withConfiguration(ALL)
			.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(DashboardWebFilter.class)
				.doesNotHaveBean(MappedInterceptor.class));
	}

	@Test
	void itDoesWithoutSpringMvcAndWebFlux() {
		this.web.withPropertyValues(EXPOSED)
			.withClassLoader(new FilteredClassLoader(MappedInterceptor.class, WebFilter.class))
			.run((context) -> assertThat(context).hasSingleBean(BramaDashboardEndpoint.class));
	}

	@Test
	void anApplicationMayHaveItsOwn() {
		BramaDashboardEndpoint own = new BramaDashboardEndpoint(new DashboardPaths(() -> null));
		this.web.withPropertyValues(EXPOSED)
			.withBean(BramaDashboardEndpoint.class, () -> own)
			.run((context) -> assertThat(context).getBean(BramaDashboardEndpoint.class).isSameAs(own));
	}

	@ParameterizedTest
	@ValueSource(strings = { "index.html", "dashboard.css", "dashboard.js", "icon.svg" })
	void aNativeImageKeepsItsFiles(String file) {
		RuntimeHints hints = new RuntimeHints();
		new BramaDashboardAutoConfiguration.Files().registerHints(hints, null);
		assertThat(RuntimeHintsPredicates.resource().forResource("io/brama/spring/actuate/dashboard/" + file))
			.accepts(hints);
	}

}
