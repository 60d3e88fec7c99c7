package io.brama.spring.autoconfigure;

import java.util.List;
import java.util.TreeSet;

import io.brama.Brama;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Reports connections that are configured but have no circuit when the application is
 * ready: mistyped names, mostly, and variables that cannot say where dashes stand.
 */
final class UnusedNames implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog(UnusedNames.class);

	private final Brama brama;

	private final ConfiguredNames configured;

	UnusedNames(Brama brama, Environment environment) {
		this.brama = brama;
		this.configured = ConfiguredNames.ofConnections(environment);
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		TreeSet<String> used = new TreeSet<>();
		this.brama.all().forEach((circuit) -> used.add(circuit.id().identifier()));
		this.brama.unusedNames().forEach((name) -> logger.warn(report(name, NearestName.of(name, used))));
	}

	private String report(String name, @Nullable String nearest) {
		List<String> variables = this.configured.variablesOf(name);
		if (nearest != null && !variables.isEmpty() && ConfiguredNames.plain(nearest).equals(name)) {
			return "%s %s no effect on '%s': a variable cannot say where dashes stand. Set at least one option under brama.connections.%s in a file, for example; then the variable overrides it."
				.formatted(String.join(", ", variables), (variables.size() == 1) ? "has" : "have", nearest, nearest);
		}
		return "brama.connections configures '" + name + "', which no circuit uses so far. " + ((nearest != null)
				? "Did you mean '" + nearest + "'?" : "Check the name, or ignore this if it is used later.");
	}

}
