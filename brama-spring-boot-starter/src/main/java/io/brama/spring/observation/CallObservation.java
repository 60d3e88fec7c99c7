package io.brama.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations that Brama makes.
 */
public enum CallObservation implements ObservationDocumentation {

	/** A guarded call, from asking for leave until its outcome is recorded. */
	CALL {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultCallConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return Key.values();
		}

	};

	/** The key values of a guarded call. All are of low cardinality. */
	public enum Key implements KeyName {

		/** The identifier of the connection. */
		IDENTIFIER,

		/** The scope of the connection, or {@code none}. */
		SCOPE,

		/** The type of the connection. */
		TYPE,

		/**
		 * The state of the circuit that answered: {@code closed}, {@code open} or
		 * {@code half-open}.
		 */
		STATE,

		/**
		 * What became of the call: {@code success}, {@code failure}, {@code ignored},
		 * {@code rejected}, {@code late} or {@code unknown}.
		 */
		OUTCOME,

		/** Whether a fallback answers: {@code true} or {@code false}. */
		FALLBACK;

		@Override
		public String asString() {
			return switch (this) {
				case IDENTIFIER -> "identifier";
				case SCOPE -> "scope";
				case TYPE -> "type";
				case STATE -> "state";
				case OUTCOME -> "outcome";
				case FALLBACK -> "fallback";
			};
		}

	}

}
