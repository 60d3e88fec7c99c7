package io.brama.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.brama.Delivery;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Puts the test kit into the application context of a test: an
 * {@link io.brama.test.ManualTime} in the place of the time of the machine, and
 * {@link io.brama.test.Circuits}, {@link io.brama.test.RecordedEvents} and
 * {@link io.brama.test.Faults} to be injected. Goes with {@code @SpringBootTest} or any
 * slice; {@link BramaTest} has it already.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping("brama.events")
public @interface AutoConfigureBrama {

	/**
	 * On which thread events are delivered. Directly means that what a call causes has
	 * reached listeners and the record when it returns.
	 * @return the kind of delivery
	 */
	Delivery delivery() default Delivery.DIRECT;

}
