package io.brama.spring.annotation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.brama.ErrorHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Provides the error handlers that annotations name: by the name of a bean, or by a
 * class, which gives the bean of that class, or else one instance created with injection.
 */
class ErrorHandlers {

	private final Map<Class<?>, ErrorHandler> handlers = new ConcurrentHashMap<>();

	private final ConfigurableListableBeanFactory beanFactory;

	ErrorHandlers(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Return the handler an annotation names.
	 * @throws IllegalArgumentException if it names two, or a bean that does not exist
	 */
	ErrorHandler get(CircuitBreaker annotation) {
		if (annotation.errorHandlerBean().isEmpty()) {
			return ofType(annotation.errorHandler());
		}
		if (annotation.errorHandler() != ErrorHandler.class) {
			throw new IllegalArgumentException("it names two error handlers, the class %s and the bean '%s'"
				.formatted(annotation.errorHandler().getSimpleName(), annotation.errorHandlerBean()));
		}
		return named(annotation.errorHandlerBean());
	}

	private ErrorHandler named(String name) {
		if (!this.beanFactory.containsBean(name) || !this.beanFactory.isTypeMatch(name, ErrorHandler.class)) {
			String[] others = this.beanFactory.getBeanNamesForType(ErrorHandler.class);
			throw new IllegalArgumentException("its errorHandlerBean '%s' is not the name of an ErrorHandler bean; %s"
				.formatted(name, (others.length != 0) ? "there is " + String.join(", ", others) : "there is none"));
		}
		return this.beanFactory.getBean(name, ErrorHandler.class);
	}

	private ErrorHandler ofType(Class<? extends ErrorHandler> type) {
		if (type == ErrorHandler.class) {
			return ErrorHandler.DEFAULT;
		}
		ErrorHandler known = this.handlers.get(type);
		if (known != null) {
			return known;
		}
		ErrorHandler bean = bean(type);
		ErrorHandler handler = (bean != null) ? bean : this.beanFactory.createBean(type);
		ErrorHandler earlier = this.handlers.putIfAbsent(type, handler);
		return (earlier != null) ? earlier : handler;
	}

	private @Nullable ErrorHandler bean(Class<? extends ErrorHandler> type) {
		try {
			return this.beanFactory.getBeanProvider(type).getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new IllegalArgumentException(
					"its errorHandler %s is the class of the beans %s; name one of them in errorHandlerBean".formatted(
							type.getSimpleName(), String.join(", ", this.beanFactory.getBeanNamesForType(type))),
					ex);
		}
	}

}
