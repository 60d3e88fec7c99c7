package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.ConnectionId;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.StringUtils;

/**
 * Warns of annotations that share an identifier and yet mean two circuits, because one
 * names a scope or a type that the other leaves to configuration, which says something
 * else. Two that both name one, and not the same, mean what they say.
 */
final class Namesakes {

	private static final Log logger = LogFactory.getLog(Namesakes.class);

	private final Map<String, List<Place>> places = new TreeMap<>();

	private final ConfigurableListableBeanFactory beanFactory;

	private final Supplier<Brama> brama;

	/**
	 * Begin with no annotations.
	 * @param beanFactory resolves placeholders
	 * @param brama holds the circuits; asked for only if annotations share an identifier
	 */
	Namesakes(ConfigurableListableBeanFactory beanFactory, Supplier<Brama> brama) {
		this.beanFactory = beanFactory;
		this.brama = brama;
	}

	/**
	 * Take the annotations of a class. What depends on the call means many circuits, on
	 * purpose.
	 */
	void collect(Class<?> type) {
		Annotations.of(type).forEach((method, annotation) -> {
			String identifier = resolve(annotation.identifier());
			Place place = new Place(method, resolve(annotation.scope()), resolve(annotation.type()));
			if (Stream.of(identifier, place.scope(), place.type()).noneMatch(Template::isTemplate)) {
				this.places.computeIfAbsent(identifier, (name) -> new ArrayList<>()).add(place);
			}
		});
	}

	void warn() {
		this.places.forEach(this::check);
	}

	/** Placeholders have been resolved once by now, so they can be. */
	private String resolve(String value) {
		String resolved = this.beanFactory.resolveEmbeddedValue(value);
		return StringUtils.hasText(resolved) ? resolved : "";
	}

	private void check(String identifier, List<Place> places) {
		if (places.size() < 2) {
			return;
		}
		ConnectionId usual = this.brama.get().identify(ConnectionId.of(identifier));
		for (Place place : places) {
			Place other = places.stream().filter((each) -> place.contradicts(each, usual)).findFirst().orElse(null);
			if (other != null) {
				logger.warn("@CircuitBreaker on methods " + GuardedMethods.name(place.method()) + " and "
						+ GuardedMethods.name(other.method()) + " share an identifier and mean two circuits: "
						+ place.of(usual) + ", and " + other.of(usual)
						+ ". Give both the same scope and type, or different identifiers.");
				return;
			}
		}
	}

	/** A method and what its annotation says about the connection. */
	private record Place(Method method, String scope, String type) {

		/** Without saying another scope or type, it means another circuit. */
		boolean contradicts(Place other, ConnectionId usual) {
			return isCompatible(this.scope, other.scope) && isCompatible(this.type, other.type)
					&& !of(usual).equals(other.of(usual));
		}

		private static boolean isCompatible(String said, String other) {
			return said.isEmpty() || other.isEmpty() || said.equals(other);
		}

		ConnectionId of(ConnectionId usual) {
			ConnectionId id = this.scope.isEmpty() ? usual : usual.withScope(this.scope);
			return this.type.isEmpty() ? id : id.withType(this.type);
		}

	}

}
