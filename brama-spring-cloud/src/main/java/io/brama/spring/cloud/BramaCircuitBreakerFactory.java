package io.brama.spring.cloud;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionId;

import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Makes circuit breakers of Spring Cloud that are Brama's circuits: one circuit for each
 * id, or for each id in a group, however often it is asked for. A group is a scope.
 * <p>
 * What is configured here beats the configuration files, except that a connection
 * configured there by its name beats the defaults given here. A later configuration is
 * put over an earlier one and applies to the calls after it. Thread-safe.
 */
public final class BramaCircuitBreakerFactory extends CircuitBreakerFactory<BramaConfig, BramaConfigBuilder> {

	private final FactoryCircuits circuits;

	private final TimeLimit timeLimit;

	private final List<UnaryOperator<CircuitBreaker>> decorators = new CopyOnWriteArrayList<>();

	/**
	 * Create a factory without timeouts of its own.
	 * @param brama holds the circuits
	 */
	public BramaCircuitBreakerFactory(Brama brama) {
		this(brama, Timeouts.NONE, daemons());
	}

	/**
	 * Create a factory.
	 * @param brama holds the circuits
	 * @param timeouts how long calls may take where it is not configured here
	 * @param executor runs the calls that have a timeout; one that queues them lets them
	 * wait at the cost of their time
	 */
	public BramaCircuitBreakerFactory(Brama brama, Timeouts timeouts, AsyncTaskExecutor executor) {
		this.circuits = new FactoryCircuits(brama, timeouts, getConfigurations());
		this.timeLimit = new TimeLimit(executor);
	}

	private static AsyncTaskExecutor daemons() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("brama-call-");
		executor.setDaemon(true);
		return executor;
	}

	/**
	 * Return a circuit breaker.
	 * @param id the identifier of the connection; scope and type are as configured for it
	 * @throws IllegalArgumentException if the id is {@code null} or blank, or what is
	 * configured for it contradicts itself
	 */
	@Override
	public CircuitBreaker create(String id) {
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
	public CircuitBreaker create(String id, String group) {
		return create(this.circuits.identify(id, group));
	}

	private CircuitBreaker create(ConnectionId id) {
		this.circuits.guard(id);
		CircuitBreaker breaker = new BramaCircuitBreaker(this.circuits, id, this.timeLimit);
		for (UnaryOperator<CircuitBreaker> decorator : this.decorators) {
			breaker = decorator.apply(breaker);
		}
		return breaker;
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

	/**
	 * Put something around every circuit breaker that is made from now on, outside of
	 * what was put around it before.
	 * @param decorator makes a circuit breaker around another
	 */
	public void addDecorator(UnaryOperator<CircuitBreaker> decorator) {
		this.decorators.add(decorator);
	}

}
