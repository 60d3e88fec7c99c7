package io.brama.spring.autoconfigure;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The names of configured connections, which must differ in more than case and dashes: to
 * environment variables such names are the same.
 */
final class ConnectionNames {

	private ConnectionNames() {
	}

	static void requireDistinct(Collection<String> names) {
		Map<String, String> seen = new HashMap<>();
		for (String name : names) {
			String other = seen.put(name.replace("-", "").toLowerCase(Locale.ROOT), name);
			if (other != null) {
				throw new InvalidBramaPropertyException("brama.connections." + name,
						"'%s' and '%s' differ only in case or dashes, and configuration takes such names for the same"
							.formatted(other, name),
						null);
			}
		}
	}

}
