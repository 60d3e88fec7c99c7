package io.brama.spring.annotation;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.stream.Stream;

import io.brama.ErrorHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Tells an ahead-of-time build what annotations reach by reflection: the guarded methods,
 * the class of an error handler, and the methods named as fallbacks.
 */
class GuardedBeanHints implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> type = ClassUtils.getUserClass(registeredBean.getBeanClass());
		Map<Method, CircuitBreaker> guarded = Annotations.of(type);
		ConfigurableListableBeanFactory beans = registeredBean.getBeanFactory();
		return guarded.isEmpty() ? null : (generation, code) -> guarded.forEach((method, annotation) -> {
			ReflectionHints hints = generation.getRuntimeHints().reflection();
			register(hints, type, method, annotation);
			Stream.of(annotation.identifier(), annotation.scope(), annotation.type())
				.forEach((attribute) -> new ExpressionHints(hints, beans).register(attribute, method, type));
		});
	}

	private static void register(ReflectionHints hints, Class<?> type, Method method, CircuitBreaker annotation) {
		hints.registerMethod(method, ExecutableMode.INVOKE);
		if (annotation.errorHandler() != ErrorHandler.class) {
			hints.registerType(annotation.errorHandler(), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
					MemberCategory.INVOKE_DECLARED_METHODS, MemberCategory.ACCESS_DECLARED_FIELDS);
		}
		registerFallbacks(hints, type, annotation.fallback());
	}

	private static void registerFallbacks(ReflectionHints hints, Class<?> type, String name) {
		if (!name.isEmpty()) {
			Stream
				.concat(Stream.of(ReflectionUtils.getAllDeclaredMethods(type)),
						Stream.of(ClassUtils.getAllInterfacesForClass(type))
							.flatMap((each) -> Stream.of(each.getMethods())))
				.filter((method) -> method.getName().equals(name))
				.forEach((method) -> hints.registerMethod(method, ExecutableMode.INVOKE));
		}
	}

}
