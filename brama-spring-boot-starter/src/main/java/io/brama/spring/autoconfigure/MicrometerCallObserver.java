package io.brama.spring.autoconfigure;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import io.brama.ConnectionId;
import io.brama.policy.ErrorPolicy;
import io.brama.spring.annotation.CallEnd;
import io.brama.spring.annotation.CallObserver;
import io.brama.spring.annotation.ObservedCall;
import io.brama.spring.observation.CallContext;
import io.brama.spring.observation.CallConvention;
import io.brama.spring.observation.CallObservation;
import io.brama.spring.observation.DefaultCallConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each guarded call. What a handler or convention throws is
 * logged once and costs no call anything.
 */
final class MicrometerCallObserver implements CallObserver {

	private static final Log logger = LogFactory.getLog(MicrometerCallObserver.class);

	private static final CallConvention USUAL = new DefaultCallConvention();

	private final AtomicBoolean complained = new AtomicBoolean();

	private final ObservationRegistry registry;

	private final @Nullable CallConvention convention;

	MicrometerCallObserver(ObservationRegistry registry, @Nullable CallConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public ObservedCall begin(ConnectionId connection, @Nullable Object enclosing) {
		try {
			CallContext context = new CallContext(connection);
			Observation observation = CallObservation.CALL.observation(this.convention, USUAL, () -> context,
					this.registry);
			if (enclosing instanceof Observation parent) {
				observation.parentObservation(parent);
			}
			return new Observed(observation.start(), context);
		}
		catch (Throwable ex) {
			complain(ex);
			return ObservedCall.NONE;
		}
	}

	@Override
	public Object contextKey() {
		return ObservationThreadLocalAccessor.KEY;
	}

	private void complain(Throwable problem) {
		if (this.complained.compareAndSet(false, true)) {
			logger.warn("A guarded call could not be observed. This is said only once.", problem);
		}
	}

	/** A call and its observation. */
	private final class Observed implements ObservedCall {

		private final AtomicBoolean ended = new AtomicBoolean();

		private final Observation observation;

		private final CallContext context;

		Observed(Observation observation, CallContext context) {
			this.observation = observation;
			this.context = context;
		}

		@Override
		public Scope open() {
			try {
				Observation.Scope scope = this.observation.openScope();
				return () -> contained(scope::close);
			}
			catch (Throwable ex) {
				complain(ex);
				return ObservedCall.NONE.open();
			}
		}

		@Override
		public @Nullable Object contextValue() {
			return this.observation.isNoop() ? null : this.observation;
		}

		@Override
		public void end(CallEnd end) {
			if (this.ended.compareAndSet(false, true)) {
				this.context
					.end(new CallContext.End(end.state(), end.kind().name().toLowerCase(Locale.ROOT), end.answered()));
				contained(() -> {
					if (end.error() != null) {
						this.observation.error(ErrorPolicy.unwrap(end.error()));
					}
					this.observation.stop();
				});
			}
		}

		private void contained(Runnable task) {
			try {
				task.run();
			}
			catch (Throwable ex) {
				complain(ex);
			}
		}

	}

}
