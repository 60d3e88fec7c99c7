package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The guards of the methods of one class.
 * <p>
 * Maintainers: a proxy hands over the same {@link Method} object with every call, but not
 * the one that was seen at startup. The objects that calls come with are found by their
 * identity, in a map that is never changed but replaced; that costs less than to compare
 * methods.
 */
final class Guards {

	/** More objects for one class there are only if somebody makes them for each call. */
	private static final int MOST = 1000;

	private final Map<Method, Guard> byMethod = new ConcurrentHashMap<>();

	private volatile IdentityHashMap<Method, Guard> byIdentity = new IdentityHashMap<>();

	Guard get(Method method, Function<Method, Guard> creation) {
		Guard guard = this.byIdentity.get(method);
		return (guard != null) ? guard : find(method, creation);
	}

	/** A guard that cannot be created is tried again by the next call. */
	private Guard find(Method method, Function<Method, Guard> creation) {
		Guard known = this.byMethod.get(method);
		if (known == null) {
			Guard created = creation.apply(method);
			Guard earlier = this.byMethod.putIfAbsent(method, created);
			known = (earlier != null) ? earlier : created;
		}
		remember(method, known);
		return known;
	}

	private synchronized void remember(Method method, Guard guard) {
		if (this.byIdentity.size() < MOST) {
			IdentityHashMap<Method, Guard> more = new IdentityHashMap<>(this.byIdentity);
			more.put(method, guard);
			this.byIdentity = more;
		}
	}

}
