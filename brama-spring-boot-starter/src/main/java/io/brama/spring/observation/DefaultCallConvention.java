package io.brama.spring.observation;

import java.util.Locale;

import io.brama.spring.observation.CallContext.End;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The names of guarded calls unless the application has others: see
 * {@link CallObservation}. What is not there, or not known yet, is {@code none}.
 */
public class DefaultCallConvention implements CallConvention {

	@Override
	public String getName() {
		return "brama.call";
	}

	@Override
	public String getContextualName(CallContext context) {
		return "call " + context.connection().identifier();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(CallContext context) {
		End end = context.end();
		return KeyValues.of(CallObservation.Key.IDENTIFIER.withValue(context.connection().identifier()),
				CallObservation.Key.SCOPE.withValue(orNone(context.connection().scope())),
				CallObservation.Key.TYPE.withValue(context.connection().type()),
				CallObservation.Key.STATE.withValue((end != null) ? words(end.state()) : KeyValue.NONE_VALUE),
				CallObservation.Key.OUTCOME.withValue((end != null) ? end.outcome() : KeyValue.NONE_VALUE),
				CallObservation.Key.FALLBACK.withValue(String.valueOf(end != null && end.answered())));
	}

	private static String orNone(@Nullable String value) {
		return (value != null) ? value : KeyValue.NONE_VALUE;
	}

	private static String words(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
