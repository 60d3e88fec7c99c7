package io.brama.test.spring;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import io.brama.ErrorHandler;
import io.brama.policy.ExpiryStrategy;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/**
 * Says which components of the application take part in a {@link BramaTest}.
 */
final class BramaTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<BramaTest> {

	private final Set<Class<?>> components;

	BramaTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.components = new HashSet<>(Arrays.asList(getAnnotation().getClassArray("components")));
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return Set.of(ErrorHandler.class, ExpiryStrategy.class);
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return this.components;
	}

}
