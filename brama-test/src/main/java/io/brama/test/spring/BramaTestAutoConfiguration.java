package io.brama.test.spring;

import io.brama.Brama;
import io.brama.test.Circuits;
import io.brama.test.Faults;
import io.brama.test.ManualTime;
import io.brama.test.RecordedEvents;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Auto-configuration of the test kit. Brama takes its time and its faults from here.
 */
@AutoConfiguration
public final class BramaTestAutoConfiguration {

	@Bean
	@Primary
	@ConditionalOnMissingBean
	ManualTime manualTime() {
		return new ManualTime();
	}

	@Bean
	@Primary
	@ConditionalOnMissingBean
	Faults faults(ManualTime time) {
		return new Faults(time);
	}

	@Bean
	@ConditionalOnMissingBean
	Circuits circuits(Brama brama) {
		return Circuits.of(brama);
	}

	@Bean
	@ConditionalOnMissingBean
	RecordedEvents recordedEvents(Brama brama) {
		return RecordedEvents.of(brama);
	}

}
