package io.brama.spring.cloud;

import java.util.function.Consumer;
import java.util.function.Function;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionId;

import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;

/**
 * The reactive twin of {@link BramaCircuitBreakerFactory}. The circuit of an id is the
 * same for both, and so are its options; timeouts and error handlers are each factory's
 * own. Thread-safe.
 */
public final class ReactiveBramaCircuitBreakerFactory
		extends ReactiveCircuitBreakerFactory<BramaConfig, BramaConfigBuilder> {

	private final FactoryCircuits circuits;

	/**
	 * Create a factory without timeouts of its own.
	 * @param brama holds the circuits
	 */
	public ReactiveBramaCircuitBreakerFactory(Brama brama) {
		this(brama, Timeouts.NONE);
	}

	/**
	 * Create a factory.
	 * @param brama holds the circuits
	 * @param timeouts how long calls may take where it is not configured here
	 */
	public ReactiveBramaCircuitBreakerFactory(Brama brama, Timeouts timeouts) {
		this.circuits = new FactoryCircuits(brama, timeouts, getConfigurations());
	}

	/**
	 * Return a circuit breaker.
	 * @param id the identifier of the connection; scope and type are as configured for it
	 * @throws IllegalArgumentException if the id is {@code null} or blank, or what is
	 * configured for it contradicts itself
	 */
	@Override
	public ReactiveCircuitBreaker create(String id) {
		return create(this.circuits.identify(id));
	}

	/**
	 * Return a circuit breaker.
	 * @param id the identifier of the connection; its type is as configured for it
	 * @param group the scope of the connection
	 * @throws IllegalArgumentException if one is {@code null} or blank, or what is
	 * configured for the id contradicts itself
	 */
	@Override
	public ReactiveCircuitBreaker create(String id, String group) {
		return create(this.circuits.identify(id, group));
	}

	private ReactiveCircuitBreaker create(ConnectionId id) {
		this.circuits.guard(id);
		return new ReactiveBramaCircuitBreaker(this.circuits, id);
	}

	@Override
	public void configure(Consumer<BramaConfigBuilder> consumer, String... ids) {
		this.circuits.configure(consumer, ids);
	}

	@Override
	protected BramaConfigBuilder configBuilder(String id) {
		return new BramaConfigBuilder(id);
	}

	/**
	 * Set what holds for every id. Asked once for each circuit and then remembered.
	 * @param defaultConfiguration says what holds for an id
	 */
	@Override
	public void configureDefault(Function<String, BramaConfig> defaultConfiguration) {
		this.circuits.configureDefault(defaultConfiguration);
	}

	/**
	 * Do something with circuits before their next call, once with each.
	 * @param customizer does it
	 * @param ids the ids, in whatever group
	 */
	public void addCircuitCustomizer(Customizer<Circuit> customizer, String... ids) {
		this.circuits.customize(customizer, ids);
	}

}
