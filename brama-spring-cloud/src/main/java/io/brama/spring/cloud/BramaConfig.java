package io.brama.spring.cloud;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.brama.CircuitOptions;
import io.brama.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * What a factory was told about a circuit. What was not said is as configured elsewhere.
 * Immutable.
 *
 * @see BramaConfigBuilder
 */
public final class BramaConfig {

	static final BramaConfig NOTHING = new BramaConfig(List.of(), null, null);

	private final List<Consumer<? super CircuitOptions<?>>> options;

	private final @Nullable Duration timeout;

	private final @Nullable ErrorHandler errorHandler;

	BramaConfig(List<Consumer<? super CircuitOptions<?>>> options, @Nullable Duration timeout,
			@Nullable ErrorHandler errorHandler) {
		this.options = List.copyOf(options);
		this.timeout = timeout;
		this.errorHandler = errorHandler;
	}

	void applyTo(CircuitOptions<?> circuit) {
		this.options.forEach((option) -> option.accept(circuit));
	}

	/** What another one says, and where it says nothing what this one does. */
	BramaConfig with(BramaConfig later) {
		return new BramaConfig(later.options, (later.timeout != null) ? later.timeout : this.timeout,
				(later.errorHandler != null) ? later.errorHandler : this.errorHandler);
	}

	@Nullable Duration timeout() {
		return this.timeout;
	}

	@Nullable ErrorHandler errorHandler() {
		return this.errorHandler;
	}

}
