package io.brama.test;

import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

import io.brama.Brama;
import io.brama.Delivery;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a gate of its own, with manual time and direct delivery of events.
 * Tests, and methods that run before or after each, take as parameters what they need:
 * {@link Brama}, {@link Circuits}, {@link ManualTime}, {@link RecordedEvents} or
 * {@link Faults}. The gate is closed when the test is over.
 * <p>
 * Use it as {@code @ExtendWith(BramaExtension.class)} or, to configure the gate, as
 * {@code @RegisterExtension static BramaExtension brama = BramaExtension.with(…)}.
 */
public final class BramaExtension implements ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(BramaExtension.class);

	private static final Map<Class<?>, Function<Kit, Object>> PARTS = Map.of(Brama.class, Kit::brama, Circuits.class,
			Kit::circuits, ManualTime.class, Kit::time, RecordedEvents.class, Kit::events, Faults.class, Kit::faults);

	private final Consumer<? super Brama.Builder> options;

	/**
	 * Give tests gates with the built-in options.
	 */
	public BramaExtension() {
		this((builder) -> {
		});
	}

	private BramaExtension(Consumer<? super Brama.Builder> options) {
		this.options = options;
	}

	/**
	 * Give tests gates with options of their own.
	 * @param options sets the options
	 * @return the extension
	 */
	public static BramaExtension with(Consumer<? super Brama.Builder> options) {
		return new BramaExtension(Objects.requireNonNull(options, "options of a gate must not be null"));
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return PARTS.containsKey(parameter.getParameter().getType()) && context.getTestMethod().isPresent();
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		Kit kit = context.getStore(NAMESPACE).computeIfAbsent(Kit.class, (key) -> Kit.with(this.options), Kit.class);
		return Objects.requireNonNull(PARTS.get(parameter.getParameter().getType()), "a supported parameter")
			.apply(kit);
	}

	/** What one test works with. JUnit closes it. */
	private record Kit(Brama brama, Circuits circuits, ManualTime time, RecordedEvents events,
			Faults faults) implements AutoCloseable {

		static Kit with(Consumer<? super Brama.Builder> options) {
			ManualTime time = new ManualTime();
			Faults faults = new Faults(time);
			Brama.Builder builder = Brama.builder().timeSource(time).delivery(Delivery.DIRECT).interference(faults);
			options.accept(builder);
			Brama brama = builder.build();
			return new Kit(brama, Circuits.of(brama), time, RecordedEvents.of(brama), faults);
		}

		@Override
		public void close() {
			this.brama.close();
		}

	}

}
