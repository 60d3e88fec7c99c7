package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The guards that have been worked out, by the class of the target and its method.
 * <p>
 * Maintainers: a proxy hands over the same {@link Method} object with every call, but not
 * the one that was seen at startup. The objects that calls come with are found by their
 * identity, in a map that is never changed but replaced; that costs less than to compare
 * methods. A method object that comes with targets of several classes, as from proxies of
 * interfaces, belongs there to the first.
 */
final class Guards {

	/** More method objects there are only if somebody makes them for each call. */
	private static final int MOST = 10_000;

	private final Map<Class<?>, Map<Method, Guard>> byClass = new ConcurrentHashMap<>();

	private volatile IdentityHashMap<Method, Guard> byIdentity = new IdentityHashMap<>();

	Guard get(Method method, Class<?> targetClass, BiFunction<Method, Class<?>, Guard> creation) {
		Guard guard = this.byIdentity.get(method);
		return (guard != null && guard.targetClass() == targetClass) ? guard : find(method, targetClass, creation);
	}

	/** A guard that cannot be created is tried again by the next call. */
	private Guard find(Method method, Class<?> targetClass, BiFunction<Method, Class<?>, Guard> creation) {
		Map<Method, Guard> guards = this.byClass.computeIfAbsent(targetClass, (type) -> new ConcurrentHashMap<>());
		Guard known = guards.get(method);
		if (known == null) {
			Guard created = creation.apply(method, targetClass);
			Guard earlier = guards.putIfAbsent(method, created);
			known = (earlier != null) ? earlier : created;
		}
		remember(method, known);
		return known;
	}

	private synchronized void remember(Method method, Guard guard) {
		if (!this.byIdentity.containsKey(method) && this.byIdentity.size() < MOST) {
			IdentityHashMap<Method, Guard> more = new IdentityHashMap<>(this.byIdentity);
			more.put(method, guard);
			this.byIdentity = more;
		}
	}

}
