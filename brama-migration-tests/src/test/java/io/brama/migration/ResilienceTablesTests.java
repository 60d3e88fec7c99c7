package io.brama.migration;

import java.beans.Introspector;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.brama.BramaEvent;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerEvent;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties.InstanceProperties;
import io.github.resilience4j.micrometer.tagged.CircuitBreakerMetricNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of docs/migrating-from-resilience4j.md have every name that Resilience4j
 * has, and name nothing that Brama has not.
 */
class ResilienceTablesTests {

	private static final Pattern KEY = Pattern.compile("[a-z][a-z.-]*");

	/** What stands in the column of Brama's keys and is a value. */
	private static final Set<String> VALUES = Set.of("progressive", "observe", "off");

	private final Page page = new Page("migrating-from-resilience4j.md");

	@Test
	void everyPropertyOfAnInstanceIsInTheTable() {
		Set<String> real = Arrays.stream(InstanceProperties.class.getMethods())
			.map(Method::getName)
			.filter((name) -> name.startsWith("set"))
			.map((name) -> Introspector.decapitalize(name.substring(3))
				.replaceAll("([A-Z])", "-$1")
				.toLowerCase(Locale.ROOT))
			.collect(Collectors.toSet());
		assertThat(this.page.names("Properties", 1).stream().filter((name) -> !name.contains(".")))
			.containsExactlyInAnyOrderElementsOf(Stream.concat(real.stream(), Stream.of("backends")).toList());
	}

	@Test
	void everyKeyOfBramaExists() {
		Set<String> known = Page.keysOfBrama();
		assertThat(this.page.names("Properties", 3).stream().filter((name) -> KEY.matcher(name).matches())).isNotEmpty()
			.filteredOn((name) -> !VALUES.contains(name) && !name.equals("scope"))
			.allSatisfy((name) -> assertThat(known).contains("brama." + name));
		assertThat(this.page.names("Properties", 2)).contains("brama.aop.order");
		assertThat(known).contains("brama.aop.order");
	}

	@Test
	void everyAttributeOfTheAnnotationIsInTheTable() {
		assertThat(this.page.names("Annotation", 1)).containsExactlyInAnyOrderElementsOf(
				attributes(io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker.class));
		assertThat(attributes(io.brama.spring.annotation.CircuitBreaker.class))
			.containsAll(this.page.names("Annotation", 2));
	}

	@Test
	void everyStateIsInTheTable() {
		assertThat(this.page.names("States", 1))
			.containsExactlyInAnyOrderElementsOf(names(CircuitBreaker.State.values()));
	}

	@Test
	void everyEventIsInTheTable() {
		assertThat(this.page.names("Events", 1))
			.containsExactlyInAnyOrderElementsOf(names(CircuitBreakerEvent.Type.values()));
		assertThat(Arrays.stream(BramaEvent.class.getPermittedSubclasses()).map(Class::getSimpleName))
			.contains("StateChanged", "Success", "Failure", "Ignored", "Rejected", "Reconfigured");
	}

	@Test
	void everyMeterIsInTheTable() {
		CircuitBreakerMetricNames names = CircuitBreakerMetricNames.ofDefaults();
		assertThat(this.page.names("Meters", 1)).contains(names.getCallsMetricName(), names.getStateMetricName(),
				names.getFailureRateMetricName(), names.getSlowCallRateMetricName(), names.getSlowCallsMetricName(),
				names.getBufferedCallsMetricName(), names.getNotPermittedCallsMetricName());
	}

	@Test
	void everyMethodInTheTableExists() {
		Set<String> methods = Arrays.stream(CircuitBreaker.class.getMethods())
			.map(Method::getName)
			.collect(Collectors.toSet());
		assertThat(this.page.names("In Java", 1).stream().filter((name) -> name.matches("\\w+")))
			.filteredOn((name) -> !name.equals("transitionOnResult"))
			.isNotEmpty()
			.allSatisfy((name) -> assertThat(methods).contains(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "resilience4j.yml", "brama.yml" })
	void theConfigurationOnThePageIsTheOneOfTheStory(String file) throws IOException {
		String yaml = Files.readString(Path.of("src", "test", "resources", file));
		assertThat(this.page.contains("```yaml\n" + yaml + "```")).as(file).isTrue();
	}

	private static Set<String> attributes(Class<?> annotation) {
		return Arrays.stream(annotation.getDeclaredMethods()).map(Method::getName).collect(Collectors.toSet());
	}

	private static Set<String> names(Enum<?>[] constants) {
		return Arrays.stream(constants).map(Enum::name).collect(Collectors.toSet());
	}

}
