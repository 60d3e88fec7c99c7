package io.brama.browser;

import io.brama.Brama;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.provisioning.UserDetailsManager;

/**
 * A running application that has a dashboard.
 */
final class Instance implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private Instance(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/** An instance that has what Spring Boot gives it, and these properties. */
	static Instance of(String... properties) {
		return with(Plain.class, properties);
	}

	/** The same with these beans of its own. */
	static Instance with(Class<?> beans, String... properties) {
		return new Instance(new SpringApplicationBuilder(Plain.class, beans)
			.properties("spring.config.name=none", "server.port=0", "spring.application.name=shop",
					"management.endpoints.web.exposure.include=brama,bramadashboard")
			.properties(properties)
			.run());
	}

	/** An instance that is configured as in its own files, but for these arguments. */
	static Instance asConfigured(Class<?> application, String... arguments) {
		return new Instance(new SpringApplicationBuilder(application).run(arguments));
	}

	Brama brama() {
		return this.context.getBean(Brama.class);
	}

	void forgetTheCircuits() {
		brama().all().forEach((circuit) -> brama().unregister(circuit.id()));
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	String url(String path) {
		return "http://localhost:" + port() + path;
	}

	String dashboard() {
		return url("/actuator/bramadashboard");
	}

	String managementUrl(String path) {
		return "http://localhost:" + this.context.getEnvironment().getRequiredProperty("local.management.port") + path;
	}

	/** From now on, nobody knows the user. */
	void lockOut(String user) {
		this.context.getBean(UserDetailsManager.class).deleteUser(user);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Plain {

	}

}
