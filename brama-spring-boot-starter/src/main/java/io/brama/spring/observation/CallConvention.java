package io.brama.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observations of guarded calls and their key values. A bean of this type takes
 * the place of {@link DefaultCallConvention}.
 */
public interface CallConvention extends ObservationConvention<CallContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof CallContext;
	}

}
