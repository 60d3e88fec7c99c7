package io.brama.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of how some components behave when circuits open. Of the application it starts
 * these components, its error handlers, expiry strategies and configuration, and of the
 * auto-configuration only that of Brama, with the test kit of {@link AutoConfigureBrama}.
 * There is no web server; what components need beyond that is provided by the test, for
 * instance as a {@code @MockitoBean}.
 * <p>
 * Circuits, time, events and faults are set back after each test; see
 * {@link KeepCircuits}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(BramaTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(BramaTypeExcludeFilter.class)
@AutoConfigureBrama
@ImportAutoConfiguration
public @interface BramaTest {

	/**
	 * Return the components to test; see {@link #components()}.
	 * @return the components
	 */
	@AliasFor("components")
	Class<?>[] value() default {};

	/**
	 * Return the components to test, found by the component scan of the application.
	 * @return the components
	 */
	@AliasFor("value")
	Class<?>[] components() default {};

	/**
	 * Return properties to set before the context starts, as {@code name=value}.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Tell whether error handlers and expiry strategies of the application take part.
	 * @return whether they do
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Return filters that add components.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Return filters that leave components out.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Return auto-configuration to leave out.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
