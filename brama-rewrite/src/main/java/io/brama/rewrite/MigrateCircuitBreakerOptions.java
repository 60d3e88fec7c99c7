package io.brama.rewrite;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.ScanningRecipe;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.TreeVisitor;
import org.openrewrite.properties.tree.Properties;
import org.openrewrite.yaml.tree.Yaml;

/**
 * Gives the options of a Resilience4j circuit breaker the names that Brama has for them,
 * and writes down once what Resilience4j does unless told otherwise. In YAML, the groups
 * are left where they are.
 */
public final class MigrateCircuitBreakerOptions extends ScanningRecipe<ConfiguredBreakers> {

	@Override
	public String getDisplayName() {
		return "Migrate the options of circuit breakers";
	}

	@Override
	public String getDescription() {
		return "Gives the options of a Resilience4j circuit breaker the names that Brama has for them.";
	}

	@Override
	public ConfiguredBreakers getInitialValue(ExecutionContext context) {
		return new ConfiguredBreakers();
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getScanner(ConfiguredBreakers configured) {
		return new TreeVisitor<Tree, ExecutionContext>() {

			@Override
			public @Nullable Tree visit(@Nullable Tree tree, ExecutionContext context) {
				if (tree instanceof SourceFile file) {
					configured.read(file);
				}
				return tree;
			}

		};
	}

	@Override
	public TreeVisitor<?, ExecutionContext> getVisitor(ConfiguredBreakers configured) {
		return new TreeVisitor<Tree, ExecutionContext>() {

			@Override
			public @Nullable Tree visit(@Nullable Tree tree, ExecutionContext context) {
				if (tree instanceof Yaml.Documents yaml) {
					return new YamlMigration(configured.of(yaml.getSourcePath())).visit(yaml, context);
				}
				return (tree instanceof Properties.File file)
						? PropertiesMigration.migrated(file, configured.of(file.getSourcePath())) : tree;
			}

		};
	}

}
