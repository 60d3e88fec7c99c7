package io.brama.spring.autoconfigure;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.brama.CircuitOptions;
import io.brama.spring.actuate.OptionReader;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Reads the options that an operator sets at run time like those in a configuration file:
 * the same keys, the same forms of values.
 */
final class OptionBinder implements OptionReader {

	private static final String PREFIX = "option";

	/** No key comes near this length. */
	private static final int LONGEST_KEY = 100;

	private final KnownKeys keys = KnownKeys.ofCircuits();

	@Override
	public Consumer<CircuitOptions<?>> read(Map<?, ?> config) {
		Map<String, String> values = new LinkedHashMap<>();
		collect("", config, values);
		if (values.isEmpty()) {
			throw new IllegalArgumentException("config must name at least one option");
		}
		CircuitProperties properties = bind(values);
		return (options) -> PropertyOptions.applyCircuit("", properties, options);
	}

	private void collect(String prefix, Map<?, ?> config, Map<String, String> values) {
		config.forEach((name, value) -> {
			String key = prefix + name;
			if (value instanceof Map<?, ?> group) {
				collect(key + ".", group, values);
			}
			else if (values.put(PREFIX + "." + known(key), text(key, value)) != null) {
				throw new IllegalArgumentException("Option " + known(key) + " must be named once only");
			}
		});
	}

	private String known(String written) {
		String known = this.keys.spelled(written);
		if (known != null) {
			return known;
		}
		String meant = (written.length() <= LONGEST_KEY) ? this.keys.nearest(written) : null;
		throw new IllegalArgumentException("Option '" + written + "' does not exist, or cannot be changed at run time."
				+ ((meant != null) ? " Did you mean " + meant + "?" : ""));
	}

	/** The value as it would stand in a file. */
	private static String text(String key, @Nullable Object value) {
		if (value == null) {
			throw new IllegalArgumentException("Option " + key + " must have a value, was null");
		}
		return (value instanceof Collection<?> values)
				? values.stream().map(String::valueOf).collect(Collectors.joining(",")) : value.toString();
	}

	private static CircuitProperties bind(Map<String, String> values) {
		Taken taken = new Taken();
		try {
			CircuitProperties properties = new Binder(List.of(new MapConfigurationPropertySource(values)))
				.bindOrCreate(PREFIX, Bindable.of(CircuitProperties.class), taken);
			values.forEach(taken::check);
			return properties;
		}
		catch (BindException ex) {
			throw notReadable(ex);
		}
	}

	/** What a value must look like to be of a type at all. */
	private static String form(Class<?> type) {
		if (type == Integer.class) {
			return "a whole number";
		}
		if (type == Double.class) {
			return "a number";
		}
		if (type == Duration.class) {
			return "a time such as 500ms or 30s";
		}
		return type.isEnum() ? Arrays.stream(type.getEnumConstants())
			.map((constant) -> constant.toString().toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", ", "one of ", "")) : "the names of exception classes";
	}

	private static IllegalArgumentException notReadable(BindException ex) {
		ConfigurationProperty property = ex.getProperty();
		String key = ((property != null) ? property.getName() : ex.getName()).subName(1).toString();
		return new IllegalArgumentException("Option " + key + " must be " + form(ex.getTarget().getType().toClass())
				+ ", was '" + ((property != null) ? property.getValue() : "") + "'", ex);
	}

	/**
	 * The keys whose values were taken. An empty one is none to most types, a blank text
	 * is none either.
	 */
	private static final class Taken extends AbstractBindHandler {

		private final Set<String> keys = new HashSet<>();

		@Override
		public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Object result) {
			if (!(result instanceof String text && text.isBlank())) {
				this.keys.add(name.toString());
			}
			return result;
		}

		void check(String key, String value) {
			if (!this.keys.contains(key)) {
				throw new IllegalArgumentException(
						"Option " + key.substring(PREFIX.length() + 1) + " must have a value, was '" + value + "'");
			}
		}

	}

}
