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
		if (type == ErrorHandler.class) {
			return ErrorHandler.DEFAULT;
		}
		ErrorHandler known = this.handlers.get(type);
		if (known != null) {
			return known;
		}
		ErrorHandler bean = this.beanFactory.getBeanProvider(type).getIfAvailable();
		ErrorHandler handler = (bean != null) ? bean : this.beanFactory.createBean(type);
		ErrorHandler earlier = this.handlers.putIfAbsent(type, handler);
		return (earlier != null) ? earlier : handler;
	}

}
