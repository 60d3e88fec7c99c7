package io.brama.rewrite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.ScanningRecipe;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.properties.tree.Properties;
import org.openrewrite.yaml.tree.Yaml;

/**
 * Changes the circuit breakers of Spring Retry into Brama's, with the methods that
 * recover, and moves their numbers into the configuration. A source file is changed as a
 * whole or, where something in it cannot be done safely, gets a comment that says what.
 */
public final class MigrateSpringRetryCircuitBreaker extends ScanningRecipe<MigrateSpringRetryCircuitBreaker.Found> {

	/** Each is overridden by those that follow. */
	private static final List<String> FILES = List.of("application.yaml", "application.yml", "application.properties");

	@Override
	public String getDisplayName() {
		return "Migrate circuit breakers from Spring Retry to Brama";
	}

	@Override
	public String getDescription() {
		return "Changes annotations and the methods that recover, and moves numbers into the configuration.";
	}

	@Override
	public Found getInitialValue(ExecutionContext context) {
		return new Found();
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getScanner(Found found) {
		return new TreeVisitor<Tree, ExecutionContext>() {

			@Override
			public @Nullable Tree visit(@Nullable Tree tree, ExecutionContext context) {
				if (tree instanceof J.CompilationUnit unit) {
					found.read(unit);
				}
				else if (tree instanceof SourceFile file) {
					found.files.add(name(file.getSourcePath()));
				}
				return tree;
			}

		};
	}

	@Override
	public Collection<? extends SourceFile> generate(Found found, ExecutionContext context) {
		return found.byFolder()
			.entrySet()
			.stream()
			.filter((numbers) -> FILES.stream().noneMatch((file) -> found.files.contains(numbers.getKey() + file)))
			.<SourceFile>map((numbers) -> new RetriedNumbers(numbers.getValue().values())
				.newFile(Path.of(numbers.getKey() + "application.yml")))
			.toList();
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getVisitor(Found found) {
		return new TreeVisitor<Tree, ExecutionContext>() {

			@Override
			public @Nullable Tree visit(@Nullable Tree tree, ExecutionContext context) {
				if (tree instanceof J.CompilationUnit unit) {
					RetriedUnit retried = new RetriedUnit(unit);
					return retried.isEmpty() ? unit
							: new RetriedMethods(retried, found.reasons(retried)).visit(unit, context);
				}
				return (tree instanceof SourceFile file) ? configured(file, found, context) : tree;
			}

		};
	}

	private static Tree configured(SourceFile file, Found found, ExecutionContext context) {
		String path = name(file.getSourcePath());
		for (Map.Entry<String, Map<String, Guarded>> circuits : found.byFolder().entrySet()) {
			String first = FILES.stream()
				.map((name) -> circuits.getKey() + name)
				.filter(found.files::contains)
				.findFirst()
				.orElse("");
			if (path.equals(first)) {
				RetriedNumbers numbers = new RetriedNumbers(circuits.getValue().values());
				return (file instanceof Properties.File properties) ? numbers.addTo(properties)
						: (file instanceof Yaml.Documents yaml) ? numbers.addTo(yaml, context) : file;
			}
		}
		return file;
	}

	private static String name(Path path) {
		return path.toString().replace('\\', '/');
	}

	/**
	 * What stands in the source files of an application.
	 */
	public static final class Found {

		private final Map<String, List<RetriedUnit>> units = new TreeMap<>();

		private final Set<String> files = new TreeSet<>();

		private void read(J.CompilationUnit unit) {
			RetriedUnit retried = new RetriedUnit(unit);
			if (!retried.isEmpty()) {
				this.units.computeIfAbsent(resources(name(unit.getSourcePath())), (missing) -> new ArrayList<>())
					.add(retried);
			}
		}

		/** The folder of the configuration that goes with a source file. */
		private static String resources(String path) {
			String sources = path.contains("src/test/") ? "src/test/" : "src/main/";
			return path.substring(0, Math.max(0, path.indexOf(sources))) + sources + "resources/";
		}

		/** Why the methods of a file stay as they are; empty if nothing hinders. */
		private Map<UUID, String> reasons(RetriedUnit retried) {
			Map<UUID, String> reasons = new LinkedHashMap<>(retried.reasons());
			retried.guarded().forEach((method, guarded) -> {
				String reason = all().filter((other) -> !other.getKey().equals(method))
					.map((other) -> reason(guarded, other.getValue()))
					.filter(Objects::nonNull)
					.findFirst()
					.orElse(null);
				if (reason != null) {
					reasons.put(method, reason);
				}
			});
			return reasons;
		}

		private static @Nullable String reason(Guarded guarded, Guarded other) {
			if (!other.identifier().equals(guarded.identifier())) {
				return null;
			}
			if (!guarded.isLabelled() || !other.isLabelled()) {
				return "because another method would have the name " + guarded.identifier() + ", too: give it a label";
			}
			return other.hasNumbersOf(guarded) ? null : "because another method with its label has other numbers";
		}

		private Stream<Map.Entry<UUID, Guarded>> all() {
			return this.units.values()
				.stream()
				.flatMap(List::stream)
				.flatMap((unit) -> unit.guarded().entrySet().stream());
		}

		/** What has to be configured, by the folder of the configuration. */
		private Map<String, Map<String, Guarded>> byFolder() {
			Map<String, Map<String, Guarded>> numbers = new TreeMap<>();
			this.units.forEach((folder, units) -> units.stream()
				.filter((unit) -> reasons(unit).isEmpty())
				.flatMap((unit) -> unit.guarded().values().stream())
				.forEach((guarded) -> numbers.computeIfAbsent(folder, (missing) -> new LinkedHashMap<>())
					.put(guarded.identifier(), guarded)));
			return numbers;
		}

	}

}
