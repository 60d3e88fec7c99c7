package io.brama.spring.actuate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.brama.Brama;
import io.brama.CircuitState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The endpoint over JMX.
 */
class JmxTests {

	private ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void theBeanListsAndShows() throws Exception {
		start();
		brama().circuit("payment-api").success();
		brama().circuit("inventory");
		Map<?, ?> all = (Map<?, ?>) invoke("connections", null, null, null, null);
		assertThat((List<?>) all.get("connections")).hasSize(2);
		Map<?, ?> one = (Map<?, ?>) invoke("connection", "payment-api", null, null);
		assertThat(one.get("state")).isEqualTo("CLOSED");
		assertThat(one.get("config")).isNotNull();
		assertThat(invoke("connection", "nobody", null, null)).isNull();
	}

	@Test
	void withoutMoreAccessItTakesNoCommands() throws Exception {
		start();
		brama().circuit("payment-api");
		assertThat(server().getMBeanInfo(name()).getOperations()).extracting(MBeanOperationInfo::getName)
			.containsExactlyInAnyOrder("connections", "connection");
		assertThatExceptionOfType(JMException.class)
			.isThrownBy(() -> invoke("control", "payment-api", null, null, "open", null, null, null, null));
		assertThat(brama().isAvailable("payment-api")).isTrue();
	}

	@Test
	void withUnrestrictedAccessItTakesCommands() throws Exception {
		start("management.endpoint.brama.access=unrestricted");
		brama().circuit("payment-api");
		Map<?, ?> opened = (Map<?, ?>) invoke("control", "payment-api", null, null, "open", "maintenance", "1h", null,
				null);
		assertThat(opened.get("state")).isEqualTo("OPEN");
		assertThat(opened.get("reason")).isEqualTo("maintenance");
		assertThat(brama().circuit("payment-api").status().state()).isEqualTo(CircuitState.OPEN);
		invoke("control", "payment-api", null, null, "configure", null, null, null, Map.of("max-attempts", 3));
		assertThat(brama().circuit("payment-api").status().config().maxAttempts()).isEqualTo(3);
		invoke("control", "payment-api", null, null, "configure", null, null, null, "{\"max-attempts\": 4}");
		assertThat(brama().circuit("payment-api").status().config().maxAttempts()).isEqualTo(4);
		Map<?, ?> unregistered = (Map<?, ?>) invoke("unregister", "payment-api", null, null);
		assertThat(unregistered.get("identifier")).isEqualTo("payment-api");
		assertThat(brama().all()).isEmpty();
	}

	private void start(String... properties) {
		this.context = new SpringApplicationBuilder(Shop.class).web(WebApplicationType.NONE)
			.properties("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=brama")
			.properties(properties)
			.run();
	}

	private Object invoke(String operation, Object... arguments) throws JMException {
		String[] signature = new String[arguments.length];
		Arrays.fill(signature, String.class.getName());
		return server().invoke(name(), operation, arguments, signature);
	}

	private static ObjectName name() throws JMException {
		return new ObjectName("org.springframework.boot:type=Endpoint,name=Brama");
	}

	private MBeanServer server() {
		return this.context.getBean(MBeanServer.class);
	}

	private Brama brama() {
		return this.context.getBean(Brama.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

	}

}
