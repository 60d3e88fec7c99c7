package io.brama.spring.autoconfigure;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

/**
 * The keys that exist, as the properties classes have them.
 */
final class KnownKeys {

	/** Stands in a key for a name that the application chooses. */
	private static final String ANY = "*";

	private final List<List<String>> keys = new ArrayList<>();

	private final String prefix;

	/** All keys under {@code brama}. */
	KnownKeys() {
		this("brama.", BramaProperties.class);
	}

	private KnownKeys(String prefix, Class<?> type) {
		this.prefix = prefix;
		collect(List.of(), ResolvableType.forClass(type));
	}

	/** The keys of the options that every circuit has. */
	static KnownKeys ofCircuits() {
		return new KnownKeys("", CircuitProperties.class);
	}

	private void collect(List<String> key, ResolvableType type) {
		if (type.resolve() == Map.class) {
			collect(append(key, ANY), type.getGeneric(1));
		}
		else if (isGroup(type.toClass())) {
			for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type.toClass())) {
				if (property.getReadMethod() != null && property.getReadMethod().getDeclaringClass() != Object.class) {
					collect(append(key, DataObjectPropertyName.toDashedForm(property.getName())),
							ResolvableType.forMethodReturnType(property.getReadMethod()));
				}
			}
		}
		else {
			this.keys.add(key);
		}
	}

	/** The properties classes are Brama's own; everything else is a value. */
	private static boolean isGroup(Class<?> type) {
		return type.getName().startsWith("io.brama.spring.") && !type.isEnum();
	}

	private static List<String> append(List<String> key, String element) {
		return Stream.concat(key.stream(), Stream.of(element)).toList();
	}

	/**
	 * Whether a key exists, whatever the case and wherever dashes stand; also with the
	 * number of an element of a list.
	 */
	boolean isKnown(ConfigurationPropertyName written) {
		String plain = NearestName.plain(written.subName(1).toString());
		return this.keys.stream()
			.map((key) -> NearestName.plain(String.join(".", key)).replace(ANY, ".+") + "\\d*")
			.anyMatch(plain::matches);
	}

	/** The key that is spelled so, whatever the case and wherever dashes stand. */
	@Nullable String spelled(String written) {
		String plain = plain(written);
		return this.keys.stream()
			.map((key) -> String.join(".", key))
			.filter((key) -> plain(key).equals(plain))
			.findFirst()
			.orElse(null);
	}

	private static String plain(String key) {
		return key.replace("-", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Find the key that somebody meant who wrote another one: one that is spelled nearly
	 * the same, or else one that ends in the same word in another place.
	 * @param written a key that does not exist
	 * @return one that does, or {@code null} if none is near
	 */
	@Nullable String nearest(ConfigurationPropertyName written) {
		List<String> elements = IntStream.range(1, written.getNumberOfElements())
			.mapToObj((i) -> written.getElement(i, written.isNumericIndex(i) ? Form.ORIGINAL : Form.DASHED))
			.toList();
		return nearest(elements);
	}

	/** The same for a key without its prefix. */
	@Nullable String nearest(String written) {
		return nearest(List.of(written.split("\\.", -1)));
	}

	private @Nullable String nearest(List<String> elements) {
		List<String> candidates = this.keys.stream().flatMap((key) -> filled(key, elements)).toList();
		String nearest = NearestName.of(String.join(".", elements), candidates);
		String meant = (nearest != null) ? nearest : inAnotherPlace(elements.get(elements.size() - 1));
		return (meant != null) ? this.prefix + meant : null;
	}

	/**
	 * A key as it would be with the names that were written in the places of names. The
	 * first may have been written with dots, which need brackets.
	 */
	private static Stream<String> filled(List<String> key, List<String> written) {
		int place = key.indexOf(ANY);
		if (place < 0) {
			return Stream.of(String.join(".", key));
		}
		int shift = written.size() - key.size();
		if (shift < 0) {
			return Stream.empty();
		}
		StringBuilder filled = new StringBuilder(String.join(".", key.subList(0, place)));
		String name = String.join(".", written.subList(place, place + shift + 1));
		filled.append(isPlain(name) ? "." + name : "[" + name + "]");
		for (int i = place + 1; i < key.size(); i++) {
			filled.append('.').append(key.get(i).equals(ANY) ? written.get(i + shift) : key.get(i));
		}
		return Stream.of(filled.toString());
	}

	private static boolean isPlain(String name) {
		return name.chars().allMatch((c) -> Character.isLetterOrDigit(c) || c == '-');
	}

	private @Nullable String inAnotherPlace(String word) {
		List<String> words = this.keys.stream().map((key) -> key.get(key.size() - 1)).distinct().toList();
		String nearest = NearestName.of(word, words);
		return this.keys.stream()
			.filter((key) -> !key.contains(ANY) && key.get(key.size() - 1).equals(nearest))
			.map((key) -> String.join(".", key))
			.findFirst()
			.orElse(null);
	}

}
