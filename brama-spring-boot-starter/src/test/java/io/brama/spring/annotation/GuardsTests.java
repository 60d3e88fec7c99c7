package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.ErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/**
 * How guards are remembered.
 */
class GuardsTests {

	private final AtomicInteger created = new AtomicInteger();

	private final Brama brama = Brama.create();

	private final Guards guards = new Guards(this::create);

	@AfterEach
	void close() {
		this.brama.close();
	}

	@Test
	void aGuardIsWorkedOutOncePerMethodHoweverManyObjectsStandForIt() {
		List<Method> objects = IntStream.range(0, 1000).mapToObj((number) -> method(First.class)).toList();
		assertThat(objects.stream().map((method) -> this.guards.of(method, First.class).method()).distinct())
			.hasSize(1);
		assertThat(this.created).hasValue(1);
	}

	@Test
	void eachMethodObjectIsFoundAgainAmongMany() {
		List<Method> objects = IntStream.range(0, 1000).mapToObj((number) -> method(First.class)).toList();
		objects.forEach((method) -> this.guards.of(method, First.class));
		assertThat(objects)
			.allSatisfy((method) -> assertThat(this.guards.of(method, First.class).called()).isSameAs(method));
	}

	@Test
	void moreMethodObjectsThanAreRememberedAreGuardedAllTheSame() {
		assertThat(IntStream.range(0, 10_050)
			.<Class<?>>mapToObj((number) -> this.guards.of(method(First.class), First.class).targetClass())
			.distinct()).containsExactly(First.class);
	}

	@Test
	void oneMethodObjectOfSeveralClassesHasAGuardForEach() {
		Method method = method(Call.class);
		assertThat(Stream.of(First.class, Second.class, First.class, Second.class)
			.<Class<?>>map((type) -> this.guards.of(method, type).targetClass()))
			.containsExactly(First.class, Second.class, First.class, Second.class);
		assertThat(this.created).hasValue(2);
	}

	@Test
	void aGuardThatCannotBeWorkedOutIsTriedAgain() {
		Guards failing = new Guards((method, type) -> {
			if (this.created.incrementAndGet() == 1) {
				throw new IllegalStateException("not yet");
			}
			return create(method, type);
		});
		assertThatIllegalStateException().isThrownBy(() -> failing.of(method(First.class), First.class));
		assertThat(failing.of(method(First.class), First.class).targetClass()).isEqualTo(First.class);
	}

	@Test
	void onlyACallThatIsObservedHasMoreStepsThanItsCircuit() {
		Guard guard = create(method(First.class), First.class);
		assertThat(guard.alone()).isNotNull();
		assertThat(guard.observedBy(CallObserver.NONE)).isSameAs(guard);
		Guard observed = guard.observedBy(mock(CallObserver.class));
		assertThat(observed.alone()).isNull();
		assertThat(observed.hasSteps()).isTrue();
	}

	private Guard create(Method method, Class<?> type) {
		this.created.incrementAndGet();
		return Guard.of(method, method, type, String.class, new Connection.Constant(this.brama.register("partner")),
				ErrorHandler.DEFAULT, Shape.PLAIN, null);
	}

	/** A new object each time, as reflection makes them. */
	private static Method method(Class<?> type) {
		try {
			return type.getMethod("call");
		}
		catch (NoSuchMethodException ex) {
			throw new AssertionError(ex);
		}
	}

	public interface Call {

		String call();

	}

	public static class First implements Call {

		@Override
		public String call() {
			return "first";
		}

	}

	public static class Second implements Call {

		@Override
		public String call() {
			return "second";
		}

	}

}
