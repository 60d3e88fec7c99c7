package io.brama.spring.annotation;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionId;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Which circuit a call passes: always the same, or one that depends on the call.
 */
sealed interface Connection {

	/**
	 * Return the circuit for a call.
	 * @throws IllegalArgumentException if an expression does not tell
	 */
	Circuit circuit(MethodInvocation invocation);

	/**
	 * The same for all calls.
	 *
	 * @param circuit its circuit, registered already
	 */
	record Constant(Circuit circuit) implements Connection {

		@Override
		public Circuit circuit(MethodInvocation invocation) {
			return this.circuit;
		}

	}

	/**
	 * Put together from each call; its circuit is registered with the first.
	 *
	 * @param brama holds the circuits
	 * @param identifier says the identifier
	 * @param scope says the scope, if the annotation names one
	 * @param type says the type, if the annotation names one
	 */
	record Computed(Brama brama, Template identifier, @Nullable Template scope,
			@Nullable Template type) implements Connection {

		@Override
		public Circuit circuit(MethodInvocation invocation) {
			ConnectionId id = this.brama.identify(ConnectionId.of(this.identifier.text(invocation)));
			if (this.scope != null) {
				id = id.withScope(this.scope.text(invocation));
			}
			return this.brama.circuit((this.type != null) ? id.withType(this.type.text(invocation)) : id);
		}

	}

}
