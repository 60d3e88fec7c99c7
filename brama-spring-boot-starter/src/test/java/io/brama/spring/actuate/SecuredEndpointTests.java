package io.brama.spring.actuate;

import java.util.Map;

import io.brama.Brama;
import io.brama.CircuitState;
import io.brama.spring.actuate.Operator.Answer;
import org.junit.jupiter.api.AfterEach;
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
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The endpoint behind Spring Security, as an application would set it up.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
		"management.endpoints.web.exposure.include=brama", "management.endpoint.brama.access=unrestricted" })
class SecuredEndpointTests {

	private static final Map<String, String> OPEN = Map.of("identifier", "payment-api", "action", "open", "reason",
			"maintenance");

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

	@AfterEach
	void forget() {
		this.brama.unregister("payment-api");
		this.audit.forget();
	}

	@Test
	void aStrangerSeesAndChangesNothing() throws Exception {
		Operator stranger = Operator.at(this.port);
		assertThat(stranger.get("").status()).isEqualTo(401);
		assertThat(stranger.get("/payment-api").status()).isEqualTo(401);
		assertThat(stranger.post(OPEN).status()).isIn(401, 403);
		assertThat(stranger.delete("?identifier=payment-api").status()).isIn(401, 403);
		assertThatNothingHappened();
	}

	@Test
	void whoMayNotOperateSeesAndChangesNothing() throws Exception {
		Operator guest = with("guest");
		assertThat(guest.get("").status()).isEqualTo(403);
		assertThat(guest.post(OPEN).status()).isEqualTo(403);
		assertThatNothingHappened();
	}

	@Test
	void aCommandThatAnotherSiteMightHaveSentIsRefused() throws Exception {
		Operator ops = with("ops");
		assertThat(ops.get("/payment-api").status()).isEqualTo(200);
		assertThat(ops.post(OPEN).status()).isEqualTo(403);
		assertThat(ops.delete("?identifier=payment-api").status()).isEqualTo(403);
		assertThatNothingHappened();
	}

	@Test
	void aCommandIsKnownToBeTheOperators() throws Exception {
		Answer answer = withToken("ops").post(OPEN);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body().get("actor").asString()).isEqualTo("ops");
		assertThat(answer.body().get("lastTransitions").get(0).get("actor").asString()).isEqualTo("ops");
		assertThat(this.brama.circuit("payment-api").status().actor()).isEqualTo("ops");
		assertThat(this.audit.events()).extracting(AuditEvent::getPrincipal, AuditEvent::getType)
			.containsExactly(tuple("ops", "BRAMA_CONTROL"));
	}

	@Test
	void optionsSayWhoSetThem() throws Exception {
		Answer answer = withToken("ops").post(Map.of("identifier", "payment-api", "action", "configure", "reason",
				"too nervous", "config", Map.of("max-attempts", 20, "mode", "observe")));
		assertThat(answer.body().get("config").get("max-attempts").get("origin").asString())
			.isEqualTo("command by ops (too nervous)");
		assertThat(answer.body().get("actor").asString()).isEqualTo("ops");
		assertThat(this.audit.events()).extracting(AuditEvent::getPrincipal).containsExactly("ops");
	}

	private void assertThatNothingHappened() {
		assertThat(this.brama.circuit("payment-api").status().state()).isEqualTo(CircuitState.UNKNOWN);
		assertThat(this.brama.all()).hasSize(1);
		assertThat(this.audit.events()).isEmpty();
	}

	private Operator with(String user) {
		return Operator.at(this.port).signedInAs(user);
	}

	/**
	 * Somebody with the token against requests from other sites, as a page of ours has.
	 */
	private Operator withToken(String user) throws Exception {
		String cookie = with(user).get("")
			.response()
			.headers()
			.allValues("Set-Cookie")
			.stream()
			.filter((value) -> value.startsWith("XSRF-TOKEN="))
			.findAny()
			.orElseThrow();
		String token = cookie.substring("XSRF-TOKEN=".length(), cookie.indexOf(';'));
		return Operator.at(this.port, "Cookie", "XSRF-TOKEN=" + token, "X-XSRF-TOKEN", token).signedInAs(user);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(AuditTrail.class)
	@EnableWebSecurity
	static class Shop {

		@Bean
		SecurityFilterChain operatorsOnly(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().hasRole("OPS"))
				.httpBasic(withDefaults())
				.csrf(CsrfConfigurer::spa)
				.build();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(user("ops", "OPS"), user("guest", "GUEST"));
		}

		private static UserDetails user(String name, String role) {
			return User.withUsername(name).password("{noop}secret").roles(role).build();
		}

	}

}
