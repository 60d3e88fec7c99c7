package io.brama.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.brama.spring.observation.CallContext;
import io.brama.spring.observation.CallConvention;
import io.brama.spring.observation.DefaultCallConvention;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What docs/tracing.md says is so.
 */
class TracingTests {

	@Test
	void aCallHasTheNameAndTheKeyValuesOfThePage() {
		Observation.Context call = call(Application.class);
		assertThat(call.getName()).isEqualTo("brama.call");
		assertThat(call.getContextualName()).isEqualTo("call price-api");
		assertThat(call.getLowCardinalityKeyValues()
			.stream()
			.collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue)))
			.isEqualTo(Map.of("identifier", "price-api", "scope", "none", "type", "general", "state", "closed",
					"outcome", "success", "fallback", "false"));
	}

	@Test
	void anApplicationMayHaveOtherNames() {
		assertThat(call(Application.class, OwnNames.class).getName()).isEqualTo("partner.call");
	}

	private static Observation.Context call(Class<?>... sources) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(sources).web(WebApplicationType.NONE)
			.properties("spring.config.name=none", "brama.observations.enabled=true")
			.run()) {
			context.getBean(SpringPage.Prices.class).of("book");
			return context.getBean(Calls.class).ended.get(0);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SpringPage.Prices prices() {
			return new SpringPage.Prices();
		}

		@Bean
		Calls calls() {
			return new Calls();
		}

	}

	static class Calls implements ObservationHandler<CallContext> {

		private final List<CallContext> ended = new ArrayList<>();

		@Override
		public void onStop(CallContext call) {
			this.ended.add(call);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof CallContext;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnNames {

		@Bean
		CallConvention callConvention() {
			return new DefaultCallConvention() {

				@Override
				public String getName() {
					return "partner.call";
				}

			};
		}

	}

}
