package io.brama.spring.autoconfigure;

import java.util.Map;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The meters that an application wants to have, as {@code management.metrics.enable}
 * says.
 */
final class WantedMeters {

	private final Map<String, Boolean> enabled;

	private WantedMeters(Map<String, Boolean> enabled) {
		this.enabled = enabled;
	}

	static WantedMeters of(Environment environment) {
		return new WantedMeters(Binder.get(environment)
			.bind("management.metrics.enable", Bindable.mapOf(String.class, Boolean.class))
			.orElseGet(Map::of));
	}

	/**
	 * Whether a meter is among them. The longest part of its name that is named decides,
	 * and {@code all} if there is none, as it does in Spring Boot.
	 */
	boolean contain(String meter) {
		for (String name = meter; !name.isEmpty(); name = name.substring(0, Math.max(0, name.lastIndexOf('.')))) {
			Boolean answer = this.enabled.get(name);
			if (answer != null) {
				return answer;
			}
		}
		return this.enabled.getOrDefault("all", true);
	}

}
