package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.brama.Brama;
import io.brama.ConnectionId;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.StringUtils;

/**
 * Warns of annotations that share an identifier and yet mean two circuits, because one
 * names a scope or a type and the other leaves it to configuration, which says something
 * else. Comes after the circuits of all annotations are registered.
 */
public final class Namesakes implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(Namesakes.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final Supplier<Brama> brama;

	/**
	 * Create it for one application context.
	 * @param beanFactory knows the beans
	 * @param brama holds the circuits; asked for only if annotations share an identifier
	 */
	public Namesakes(ConfigurableListableBeanFactory beanFactory, Supplier<Brama> brama) {
		this.beanFactory = beanFactory;
		this.brama = brama;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Map<String, List<Place>> places = new TreeMap<>();
		for (String name : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, name);
			if (type != null) {
				collect(type, places);
			}
		}
		places.forEach(this::check);
	}

	private void collect(Class<?> type, Map<String, List<Place>> places) {
		Annotations.of(type)
			.forEach((method, annotation) -> places
				.computeIfAbsent(resolve(annotation.identifier()), (identifier) -> new ArrayList<>())
				.add(new Place(method, resolve(annotation.scope()), resolve(annotation.type()))));
	}

	/** Placeholders have been resolved once by now, so they can be. */
	private String resolve(String value) {
		String resolved = this.beanFactory.resolveEmbeddedValue(value);
		return (resolved != null) ? resolved : "";
	}

	private void check(String identifier, List<Place> places) {
		Place open = places.stream().filter(Place::isOpen).findFirst().orElse(null);
		if (open == null || places.stream().allMatch(Place::isOpen)) {
			return;
		}
		ConnectionId meant = meant(identifier);
		places.stream()
			.filter((place) -> meant != null && place.contradicts(meant))
			.findFirst()
			.ifPresent((other) -> logger
				.warn("@CircuitBreaker on methods " + GuardedMethods.name(open.method()) + " and "
						+ GuardedMethods.name(other.method()) + " share an identifier and mean two circuits: " + meant
						+ ", and " + other.words() + ". Give both the same scope and type, or different identifiers."));
	}

	/** What an annotation with nothing but the identifier means, as configured. */
	private @Nullable ConnectionId meant(String identifier) {
		return this.brama.get().find(identifier).map((circuit) -> circuit.id()).orElse(null);
	}

	/** A method and what its annotation says about the connection. */
	private record Place(Method method, String scope, String type) {

		/** Whether the annotation leaves scope and type to configuration. */
		boolean isOpen() {
			return !StringUtils.hasText(this.scope) && !StringUtils.hasText(this.type);
		}

		boolean contradicts(ConnectionId meant) {
			return (StringUtils.hasText(this.scope) && !this.scope.equals(meant.scope()))
					|| (StringUtils.hasText(this.type) && !this.type.equals(meant.type()));
		}

		String words() {
			return "one" + (StringUtils.hasText(this.scope) ? " of scope '" + this.scope + "'" : "")
					+ (StringUtils.hasText(this.type) ? " of type '" + this.type + "'" : "");
		}

	}

}
