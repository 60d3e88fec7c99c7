package io.brama.spring.cloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.brama.CircuitOptions;
import io.brama.ConnectionId;
import io.brama.ErrorHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.circuitbreaker.ConfigBuilder;
import org.springframework.util.Assert;

/**
 * Builds what a factory is told about a circuit. Not thread-safe.
 */
public final class BramaConfigBuilder implements ConfigBuilder<BramaConfig> {

	private final String id;

	private final List<Consumer<? super CircuitOptions<?>>> options = new ArrayList<>();

	private @Nullable Duration timeout;

	private @Nullable ErrorHandler errorHandler;

	/**
	 * Begin with nothing said.
	 * @param id the id of the circuit, for messages
	 * @throws IllegalArgumentException if it is {@code null} or blank
	 */
	public BramaConfigBuilder(String id) {
		this.id = ConnectionId.of(id).identifier();
	}

	/**
	 * Set options of the circuit.
	 * @param options sets them; may be called for several circuits, and again
	 * @return this
	 */
	public BramaConfigBuilder options(Consumer<? super CircuitOptions<?>> options) {
		Assert.notNull(options, () -> "options of circuit breaker '" + this.id + "' must not be null");
		this.options.add(options);
		return this;
	}

	/**
	 * Set how long a call may take. A call that takes longer has failed with a
	 * {@link java.util.concurrent.TimeoutException}.
	 * @param timeout the longest time, zero for no limit; default: no limit
	 * @return this
	 * @throws IllegalArgumentException if it is negative
	 */
	public BramaConfigBuilder timeout(Duration timeout) {
		Timeouts.check("circuit breaker '" + this.id + "'", timeout);
		this.timeout = timeout;
		return this;
	}

	/**
	 * Set who says what a result or an exception means for the connection.
	 * @param errorHandler the handler; default {@link ErrorHandler#DEFAULT}
	 * @return this
	 */
	public BramaConfigBuilder errorHandler(ErrorHandler errorHandler) {
		Assert.notNull(errorHandler, () -> "error handler of circuit breaker '" + this.id + "' must not be null");
		this.errorHandler = errorHandler;
		return this;
	}

	@Override
	public BramaConfig build() {
		return new BramaConfig(this.options, this.timeout, this.errorHandler);
	}

}
