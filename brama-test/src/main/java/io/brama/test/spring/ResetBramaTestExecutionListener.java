package io.brama.test.spring;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.brama.Brama;
import io.brama.BramaEvent.StateChanged;
import io.brama.Circuit;
import io.brama.ConnectionId;
import io.brama.test.Circuits;
import io.brama.test.Faults;
import io.brama.test.ManualTime;
import io.brama.test.RecordedEvents;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Sets back after each test what it did to circuits, time, events and faults, in every
 * application context that has a {@link Brama}; see {@link KeepCircuits}.
 */
public final class ResetBramaTestExecutionListener extends AbstractTestExecutionListener {

	private static final String REGISTERED = ResetBramaTestExecutionListener.class.getName() + ".registered";

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	/**
	 * Create the listener. Spring does that.
	 */
	public ResetBramaTestExecutionListener() {
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 100;
	}

	@Override
	public void beforeTestMethod(TestContext test) {
		Brama brama = find(test, Brama.class);
		if (brama != null) {
			test.setAttribute(REGISTERED, brama.all().stream().map(Circuit::id).collect(Collectors.toSet()));
		}
		if (!keeps(test)) {
			ifThere(test, RecordedEvents.class, RecordedEvents::clear);
		}
	}

	@Override
	public void afterTestMethod(TestContext test) {
		Brama brama = find(test, Brama.class);
		if (brama != null && !keeps(test)) {
			ifThere(test, Faults.class, Faults::clear);
			bringBack(brama, test);
			List<Circuit> circuits = Circuits.of(brama).reset();
			ifThere(test, RecordedEvents.class, (events) -> clear(events, circuits));
			ifThere(test, ManualTime.class, ManualTime::reset);
		}
	}

	private static <T> void ifThere(TestContext test, Class<T> type, Consumer<T> action) {
		T bean = find(test, type);
		if (bean != null) {
			action.accept(bean);
		}
	}

	/** Time that passed in a test may have had circuits removed. */
	@SuppressWarnings("unchecked")
	private static void bringBack(Brama brama, TestContext test) {
		Set<ConnectionId> registered = (Set<ConnectionId>) test.removeAttribute(REGISTERED);
		if (registered != null) {
			registered.forEach(brama::circuit);
		}
	}

	/** Events are delivered in order, so those of the test end with the last reset. */
	private static void clear(RecordedEvents events, List<Circuit> circuits) {
		if (!circuits.isEmpty()) {
			ConnectionId last = circuits.get(circuits.size() - 1).id();
			try {
				events.await(StateChanged.class, PATIENCE,
						(change) -> change.connection().equals(last) && Circuits.RESET.equals(change.reason()));
			}
			catch (AssertionError ex) {
				// a record of the application's own that leaves out state changes
			}
		}
		events.clear();
	}

	private static boolean keeps(TestContext test) {
		return TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), KeepCircuits.class)
				|| AnnotatedElementUtils.hasAnnotation(test.getTestMethod(), KeepCircuits.class);
	}

	/** A bean of a context that is there already. */
	private static <T> @Nullable T find(TestContext test, Class<T> type) {
		ApplicationContext context = test.hasApplicationContext() ? test.getApplicationContext() : null;
		return (context != null) ? context.getBeanProvider(type).getIfUnique() : null;
	}

}
