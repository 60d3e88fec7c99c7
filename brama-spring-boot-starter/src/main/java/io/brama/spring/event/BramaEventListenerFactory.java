package io.brama.spring.event;

import java.lang.reflect.Method;
import java.util.Arrays;

import io.brama.BramaEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationListenerMethodAdapter;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.EventListenerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Makes the {@link EventListener} methods that take one of Brama's events harmless to
 * each other: what one throws, or its condition, is logged, and the others still get the
 * event.
 */
public final class BramaEventListenerFactory implements EventListenerFactory, Ordered {

	private static final Log logger = LogFactory.getLog(BramaEventListenerFactory.class);

	/**
	 * After the factories of special listeners, such as transactional ones, and before
	 * the one that takes every method.
	 */
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE - 100;
	}

	@Override
	public boolean supportsMethod(Method method) {
		if (method.getParameterCount() == 1 && BramaEvent.class.isAssignableFrom(method.getParameterTypes()[0])) {
			return true;
		}
		EventListener annotation = AnnotatedElementUtils.findMergedAnnotation(method, EventListener.class);
		return annotation != null && annotation.classes().length != 0
				&& Arrays.stream(annotation.classes()).allMatch(BramaEvent.class::isAssignableFrom);
	}

	@Override
	public ApplicationListener<?> createApplicationListener(String beanName, Class<?> type, Method method) {
		return new ContainedListener(beanName, type, method);
	}

	/** A listener method whose problems stay its own. */
	private static final class ContainedListener extends ApplicationListenerMethodAdapter {

		ContainedListener(String beanName, Class<?> type, Method method) {
			super(beanName, type, method);
		}

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
			try {
				super.onApplicationEvent(event);
			}
			catch (RuntimeException | Error ex) {
				BramaEventListenerFactory.logger.warn("A listener of Brama's events failed: " + this, ex);
			}
		}

	}

}
