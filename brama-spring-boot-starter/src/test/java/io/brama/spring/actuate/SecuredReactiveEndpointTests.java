package io.brama.spring.actuate;

import java.util.Map;

import io.brama.Brama;
import io.brama.spring.actuate.Operator.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The endpoint behind Spring Security on Spring WebFlux.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=brama",
				"management.endpoint.brama.access=unrestricted", "spring.main.web-application-type=reactive" })
class SecuredReactiveEndpointTests {

	private static final Map<String, ?> CONFIGURE = Map.of("identifier", "payment-api", "action", "configure", "config",
			Map.of("max-attempts", 20));

	@Autowired
	private Brama brama;

	@Autowired
	private AuditTrail audit;

	@LocalServerPort
	private int port;

	@BeforeEach
	void register() {
		this.brama.circuit("payment-api");
	}

	@Test
	void aStrangerSeesAndChangesNothing() throws Exception {
		Operator stranger = Operator.at(this.port);
		assertThat(stranger.get("").status()).isEqualTo(401);
		assertThat(stranger.post(CONFIGURE).status()).isEqualTo(401);
		assertThat(this.brama.circuit("payment-api").status().config().maxAttempts()).isEqualTo(10);
		assertThat(this.audit.events()).isEmpty();
	}

	@Test
	void aCommandIsKnownToBeTheOperators() throws Exception {
		Operator ops = Operator.at(this.port).signedInAs("ops");
		Answer answer = ops.post(CONFIGURE);
		assertThat(answer.body().get("config").get("max-attempts").get("origin").asString())
			.isEqualTo("command by ops (no reason given)");
		assertThat(ops.delete("?identifier=payment-api").status()).isEqualTo(204);
		assertThat(this.audit.events()).extracting(AuditEvent::getPrincipal).containsExactly("ops", "ops");
		this.audit.forget();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(AuditTrail.class)
	@EnableWebFluxSecurity
	static class Shop {

		/** For machines, which need no protection against requests from other sites. */
		@Bean
		SecurityWebFilterChain operatorsOnly(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().hasRole("OPS"))
				.httpBasic(withDefaults())
				.csrf(ServerHttpSecurity.CsrfSpec::disable)
				.build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("ops").password("{noop}secret").roles("OPS").build());
		}

	}

}
