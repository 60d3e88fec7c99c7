package io.brama.spring.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.Circuit;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens in constructors and bean methods, before there are listener methods.
 */
@ExtendWith(OutputCaptureExtension.class)
class EarlyEventTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class))
		.withUserConfiguration(Circuits.class);

	private final ApplicationContextRunner direct = this.runner.withPropertyValues("brama.events.delivery=direct");

	@ParameterizedTest
	@ValueSource(strings = { "direct", "async" })
	void listenersGetItOnceAndInOrder(String delivery) {
		this.runner.withBean(Listener.class)
			.withBean(Opening.class)
			.withPropertyValues("brama.events.delivery=" + delivery)
			.run((context) -> {
				context.getBean(Brama.class).circuit("late");
				List<String> seen = context.getBean(Listener.class).seen;
				Awaitility.await()
					.untilAsserted(() -> assertThat(seen).containsExactly("REGISTERED in-constructor",
							"STATE_CHANGE in-constructor", "REGISTERED in-method", "REGISTERED late"));
			});
	}

	@Test
	void listenersThatAreCreatedEarlyGetItOnceToo() {
		this.direct.withBean(EarlyListener.class)
			.run((context) -> assertThat(context.getBean(EarlyListener.class).seen).containsExactly("in-method"));
	}

	@Test
	void aListenerThatThrowsDoesNotKeepTheApplicationFromStarting(CapturedOutput output) {
		this.direct.withBean(Throwing.class).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("A listener failed on REGISTERED of connection 'in-method'");
	}

	@Test
	void eventsOfCallsDoNotPileUpWithoutEnd(CapturedOutput output) {
		this.direct.withBean(Listener.class)
			.withBean(Busy.class)
			.withPropertyValues("brama.events.publish=success,state-change")
			.run((context) -> assertThat(context.getBean(Listener.class).seen).hasSize(ApplicationEvents.CAPACITY + 1)
				.endsWith("STATE_CHANGE busy"));
		assertThat(output).contains("WARN").contains("5 events of calls made during startup were not published");
	}

	@Configuration(proxyBeanMethods = false)
	static class Circuits {

		@Bean
		Circuit inMethod(Brama brama) {
			return brama.register("in-method");
		}

	}

	static class Opening {

		Opening(Brama brama) {
			brama.register("in-constructor").open(because("maintenance"));
		}

	}

	static class Busy {

		Busy(Brama brama) {
			Circuit circuit = brama.circuit("busy");
			IntStream.range(0, ApplicationEvents.CAPACITY + 5).forEach((i) -> circuit.success());
			circuit.open(because("enough"));
		}

	}

	static class Listener {

		final List<String> seen = new CopyOnWriteArrayList<>();

		@EventListener
		void on(BramaEvent event) {
			this.seen.add(event.type() + " " + event.connection().identifier());
		}

	}

	static class EarlyListener implements ApplicationListener<PayloadApplicationEvent<?>> {

		final List<String> seen = new CopyOnWriteArrayList<>();

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<?> event) {
			if (event.getPayload() instanceof BramaEvent own) {
				this.seen.add(own.connection().identifier());
			}
		}

	}

	static class Throwing implements ApplicationListener<PayloadApplicationEvent<?>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<?> event) {
			if (event.getPayload() instanceof BramaEvent) {
				throw new IllegalStateException("this listener is broken");
			}
		}

	}

}
