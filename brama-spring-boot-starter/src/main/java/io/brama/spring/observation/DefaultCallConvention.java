package io.brama.spring.observation;

import java.util.Locale;

import io.brama.ConnectionId;
import io.brama.spring.observation.CallContext.End;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The names of guarded calls unless the application has others: see
 * {@link CallObservation}. What is not there, or not known yet, is {@code none}.
 * <p>
 * So that names made at run time do not make meters without end, only so many connections
 * are named by key values of low cardinality, first come, first served. Those of all
 * others are {@value #OTHER}, and their names are key values of high cardinality, which
 * traces show and meters leave out. Thread-safe.
 */
public class DefaultCallConvention implements CallConvention {

	/** How many connections are named one by one unless told otherwise. */
	public static final int DEFAULT_MAX_CONNECTIONS = 1000;

	/** Stands for all connections that are not named one by one. */
	public static final String OTHER = "other";

	private final NamedConnections named;

	/**
	 * Create the names for up to {@value #DEFAULT_MAX_CONNECTIONS} connections.
	 */
	public DefaultCallConvention() {
		this(DEFAULT_MAX_CONNECTIONS);
	}

	/**
	 * Create the names.
	 * @param maxConnections how many connections are named one by one, 0 or more
	 */
	public DefaultCallConvention(int maxConnections) {
		this.named = new NamedConnections(maxConnections);
	}

	@Override
	public String getName() {
		return "brama.call";
	}

	@Override
	public String getContextualName(CallContext context) {
		return "call " + context.connection().identifier();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(CallContext context) {
		End end = context.end();
		KeyValues connection = this.named.contain(context.connection()) ? names(context.connection())
				: names(OTHER, OTHER, OTHER);
		return connection.and(
				CallObservation.Key.STATE.withValue((end != null) ? words(end.state()) : KeyValue.NONE_VALUE),
				CallObservation.Key.OUTCOME.withValue((end != null) ? end.outcome() : KeyValue.NONE_VALUE),
				CallObservation.Key.FALLBACK.withValue(String.valueOf(end != null && end.answered())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(CallContext context) {
		return this.named.contain(context.connection()) ? KeyValues.empty() : names(context.connection());
	}

	private static KeyValues names(ConnectionId connection) {
		return names(connection.identifier(), orNone(connection.scope()), connection.type());
	}

	private static KeyValues names(String identifier, String scope, String type) {
		return KeyValues.of(CallObservation.Key.IDENTIFIER.withValue(identifier),
				CallObservation.Key.SCOPE.withValue(scope), CallObservation.Key.TYPE.withValue(type));
	}

	private static String orNone(@Nullable String value) {
		return (value != null) ? value : KeyValue.NONE_VALUE;
	}

	private static String words(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
