package io.brama.spring.autoconfigure;

import io.brama.ConnectionId;
import io.brama.spring.annotation.CallEnd;
import io.brama.spring.annotation.CallObserver;
import io.brama.spring.annotation.ObservedCall;
import io.brama.spring.web.RequestObserver;
import org.jspecify.annotations.Nullable;

/**
 * Has guarded requests observed as guarded calls of methods are.
 */
final class RequestsAsCalls implements RequestObserver {

	private final CallObserver calls;

	RequestsAsCalls(CallObserver calls) {
		this.calls = calls;
	}

	@Override
	public ObservedRequest begin(ConnectionId connection, @Nullable Object enclosing) {
		ObservedCall call = this.calls.begin(connection, enclosing);
		return (result, state, error) -> call.end(new CallEnd(state, kind(result), error, false));
	}

	@Override
	public Object contextKey() {
		return this.calls.contextKey();
	}

	private static CallEnd.Kind kind(Result result) {
		return switch (result) {
			case SUCCESS -> CallEnd.Kind.SUCCESS;
			case FAILURE -> CallEnd.Kind.FAILURE;
			case IGNORED -> CallEnd.Kind.IGNORED;
			case REJECTED -> CallEnd.Kind.REJECTED;
			case LATE -> CallEnd.Kind.LATE;
		};
	}

}
