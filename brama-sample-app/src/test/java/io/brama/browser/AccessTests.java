package io.brama.browser;

import io.brama.CircuitState;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the dashboard does where not everybody may do everything, or nobody answers.
 */
class AccessTests {

	private static final String WRITABLE = "management.endpoint.brama.access=unrestricted";

	@AutoClose
	private static Browser browser;

	@BeforeAll
	static void start() {
		browser = Browser.start().window(1280, 900, "light");
	}

	@Test
	void whoMayOnlyReadIsOfferedNoCommands() {
		try (Instance instance = Instance.of()) {
			instance.brama().circuit("payment-api").success();
			Page page = browser.visit(instance.dashboard()).untilCard("payment-api", "CLOSED", "Details");
			page.press("payment-api", "Details").untilCard("payment-api", "max-attempts");
			assertThat(page.card("payment-api").getText()).doesNotContain("Open…", "Mode…", "Reset…", "Change");
			page.assertThatText("#place").endsWith("to look at, not to change");
			assertThat(page.barriers()).isEmpty();
		}
	}

	@Test
	void aCommandCarriesTheTokenThatSpringSecurityWants() {
		try (Instance instance = Instance.with(Secured.class, WRITABLE)) {
			instance.brama().circuit("payment-api").success();
			Page page = browser.visit(as("operator", instance)).untilCard("payment-api", "CLOSED");
			page.press("payment-api", "Open…").type("#reason", "maintenance").press("#confirm");
			page.untilCard("payment-api", "OPEN", "A command by operator: maintenance");
		}
	}

	@Test
	void whoseRightsDoNotReachThatFarIsToldSo() {
		try (Instance instance = Instance.with(Secured.class, WRITABLE)) {
			instance.brama().circuit("payment-api").success();
			Page page = browser.visit(as("visitor", instance)).untilCard("payment-api", "CLOSED");
			page.press("payment-api", "Open…").press("#confirm");
			page.until(() -> page.assertThatText("#problem").contains("You may not do this", "rights"));
			assertThat(instance.brama().circuit("payment-api").status().state()).isEqualTo(CircuitState.CLOSED);
		}
	}

	@Test
	void whoIsNotSignedInAnyMoreIsToldSo() {
		try (Instance instance = Instance.with(Secured.class, WRITABLE)) {
			instance.brama().circuit("payment-api").success();
			Page page = browser.visit(as("operator", instance)).untilCard("payment-api", "CLOSED");
			instance.lockOut("operator");
			page.until(() -> page.assertThatText("#alarm").contains("You are not signed in"));
		}
	}

	@Test
	void anInstanceThatIsGoneLooksGoneUntilItIsBack() {
		int port;
		Page page;
		try (Instance instance = Instance.of()) {
			port = instance.port();
			instance.brama().circuit("payment-api").success();
			page = browser.visit(instance.dashboard()).untilCard("payment-api", "CLOSED");
		}
		page.until(() -> page.assertThatText("#alarm")
			.startsWith("No answer since ")
			.contains("The application did not answer.", "What you see below is how it was then."));
		page.assertThatText("#feed-state").startsWith("no answer since ");
		assertThat(page.ask("getComputedStyle(document.querySelector('main')).filter")).isEqualTo("grayscale(1)");
		assertThat(page.barriers()).isEmpty();
		try (Instance instance = Instance.of("server.port=" + port)) {
			instance.brama().circuit("inventory").success();
			page.untilCard("inventory", "CLOSED").until(() -> assertThat(page.find("#alarm").isDisplayed()).isFalse());
			assertThat(page.cards()).containsExactly("inventory");
		}
	}

	@Test
	void whereTheCircuitsAreNotExposedThePageSaysHowToExposeThem() {
		try (Instance instance = Instance.of("management.endpoints.web.exposure.include=bramadashboard")) {
			Page page = browser.visit(instance.dashboard());
			page.until(() -> page.assertThatText("#alarm").contains("Add brama to management.endpoints.web.exposure"));
		}
	}

	@Test
	void thePageWorksAtAnotherPathOfAnotherServer() {
		try (Instance instance = Instance.of(WRITABLE, "management.server.port=0", "management.server.base-path=/admin",
				"management.endpoints.web.base-path=/ops",
				"management.endpoints.web.path-mapping.bramadashboard=page/of/circuits")) {
			instance.brama().circuit("payment-api").success();
			Page page = browser.visit(instance.managementUrl("/admin/ops/page/of/circuits"))
				.untilCard("payment-api", "CLOSED");
			page.press("payment-api", "Open…").press("#confirm").untilCard("payment-api", "OPEN");
			page.press("payment-api", "Details").untilCard("payment-api", "max-attempts");
		}
	}

	private static String as(String user, Instance instance) {
		return instance.dashboard().replace("http://", "http://" + user + ":secret@");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class Secured {

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return http
				.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.POST)
					.hasRole("OPERATOR")
					.anyRequest()
					.authenticated())
				.httpBasic(Customizer.withDefaults())
				.csrf(CsrfConfigurer::spa)
				.build();
		}

		@Bean
		InMemoryUserDetailsManager users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("operator").password("{noop}secret").roles("OPERATOR").build(),
					User.withUsername("visitor").password("{noop}secret").roles("VISITOR").build());
		}

	}

}
