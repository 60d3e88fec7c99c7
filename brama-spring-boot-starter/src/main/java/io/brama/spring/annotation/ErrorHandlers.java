package io.brama.spring.annotation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.brama.ErrorHandler;

import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/**
 * Provides the error handlers that annotations name by their class: the bean of that
 * class, or else one instance created with injection.
 */
class ErrorHandlers {

	private final Map<Class<?>, ErrorHandler> handlers = new ConcurrentHashMap<>();

	private final AutowireCapableBeanFactory beanFactory;

	ErrorHandlers(AutowireCapableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	ErrorHandler get(Class<? extends ErrorHandler> type) {
		return (type == ErrorHandler.class) ? ErrorHandler.DEFAULT : this.handlers.computeIfAbsent(type, (missing) -> {
			ErrorHandler bean = this.beanFactory.getBeanProvider(type).getIfAvailable();
			return (bean != null) ? bean : this.beanFactory.createBean(type);
		});
	}

}
