package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/**
 * The guards that have been worked out, by the class of the target and its method.
 * <p>
 * Maintainers: a proxy hands over the same {@link Method} object with every call, but not
 * the one that was seen at startup. The objects that calls come with are found by their
 * identity, in a table that is never changed but replaced; a guard stands at the hash of
 * its method object or, if that place is taken, at the next free one. That costs less
 * than to compare methods, and than an {@code IdentityHashMap}, by 4 ns of 45. A method
 * object that comes with targets of several classes, as from proxies of interfaces,
 * belongs there to the first.
 */
final class Guards {

	/** More method objects there are only if somebody makes them for each call. */
	private static final int MOST = 10_000;

	private final Map<Class<?>, Map<Method, Guard>> byClass = new ConcurrentHashMap<>();

	private final BiFunction<Method, Class<?>, Guard> creation;

	/** Its length is a power of two, and at least half of it is free. */
	private volatile @Nullable Guard[] known = new @Nullable Guard[16];

	/** Written under the monitor, like the table. */
	private volatile int size;

	/**
	 * Know no guard yet.
	 * @param creation works a guard out, for a method and the class of the target
	 */
	Guards(BiFunction<Method, Class<?>, Guard> creation) {
		this.creation = creation;
	}

	/**
	 * Return the guard of a method. A circuit that is the same for all calls is
	 * registered with it.
	 * @throws IllegalStateException if its annotation makes no sense
	 */
	Guard of(Method method, Class<?> targetClass) {
		@Nullable Guard[] known = this.known;
		Guard guard = known[place(known, method)];
		return (guard != null && guard.targetClass() == targetClass) ? guard : find(method, targetClass, guard == null);
	}

	/** Where the guard of a method object stands, or would. */
	@SuppressWarnings("ReferenceEquality") // equal objects have places of their own
	private static int place(@Nullable Guard[] guards, Method method) {
		int last = guards.length - 1;
		int place = System.identityHashCode(method) & last;
		for (Guard guard = guards[place]; guard != null && guard.called() != method; guard = guards[place]) {
			place = (place + 1) & last;
		}
		return place;
	}

	/** A guard that cannot be created is tried again by the next call. */
	private Guard find(Method method, Class<?> targetClass, boolean unseen) {
		Map<Method, Guard> guards = this.byClass.computeIfAbsent(targetClass, (type) -> new ConcurrentHashMap<>());
		Guard found = guards.get(method);
		if (found == null) {
			Guard created = this.creation.apply(method, targetClass);
			Guard earlier = guards.putIfAbsent(method, created);
			found = (earlier != null) ? earlier : created;
		}
		if (unseen && this.size < MOST) {
			remember(found.calledBy(method));
		}
		return found;
	}

	private synchronized void remember(Guard guard) {
		@Nullable Guard[] known = this.known;
		if (known[place(known, guard.called())] == null) {
			@Nullable Guard[] more = new @Nullable Guard[(2 * this.size < known.length) ? known.length : 2 * known.length];
			for (Guard other : known) {
				if (other != null) {
					more[place(more, other.called())] = other;
				}
			}
			more[place(more, guard.called())] = guard;
			this.size++;
			this.known = more;
		}
	}

}
