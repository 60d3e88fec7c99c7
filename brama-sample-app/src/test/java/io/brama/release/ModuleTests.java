package io.brama.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The modules that are published are those that brama-bom lists, and each says what Maven
 * Central and the module path ask of it.
 */
class ModuleTests {

	private static final Path ROOT = Path.of("..");

	private static final String BOM = "brama-bom";

	@Test
	void theBomListsEveryPublishedModuleAndNoOther() {
		String managed = pom(BOM).replaceAll("(?s).*<dependencyManagement>|</dependencyManagement>.*", "");
		assertThat(elements(managed, "artifactId"))
			.as("modules in %s/pom.xml; one that shall not be published has the property <unpublished>", BOM)
			.containsExactlyElementsOf(published().sorted().toList());
	}

	@ParameterizedTest
	@MethodSource("published")
	void everyPublishedModuleHasANameAndADescription(String module) {
		assertThat(elements(pom(module), "name")).as("name").hasSize(1);
		assertThat(elements(pom(module), "description")).as("description").hasSize(1);
	}

	@ParameterizedTest
	@MethodSource("published")
	void everyPublishedModuleHasANameOnTheModulePath(String module) {
		assertThat(elements(pom(module), "Automatic-Module-Name")).singleElement()
			.asString()
			.matches("io\\.brama(\\.[a-z]+)*");
	}

	static Stream<String> published() {
		return elements(pom("."), "module").stream()
			.filter((module) -> !module.equals(BOM))
			.filter((module) -> !pom(module).contains("<unpublished>true</unpublished>"));
	}

	private static List<String> elements(String xml, String element) {
		return Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
			.matcher(xml)
			.results()
			.map((MatchResult match) -> match.group(1).strip())
			.toList();
	}

	private static String pom(String module) {
		try {
			return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
