package io.brama.spring.annotation;

import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A mock in the place of a bean with annotated methods needs no guard.
 */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(classes = { BramaAutoConfiguration.class, MockedBeanTests.Partner.class })
class MockedBeanTests {

	@MockitoBean
	private Partner partner;

	@Test
	void itStartsInSilence(CapturedOutput output) {
		assertThat(this.partner.call()).isNull();
		assertThat(output).doesNotContain("has no effect");
	}

	static class Partner {

		@CircuitBreaker(identifier = "partner")
		String call() {
			return "called";
		}

	}

}
