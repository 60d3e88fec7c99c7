package io.brama.docs;

import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The modules that the pages name are those of the build, in its version, and their XML
 * is XML.
 */
class DependencyTests {

	private static final String GROUP = "io.brama";

	private static final Pattern COORDINATES = Pattern.compile("\\bio\\.brama:([\\w-]+)(?::([\\w.-]*\\w))?");

	private static final Element BOM = parsed(Pages.read(Pages.ROOT.resolve("brama-bom/pom.xml")));

	@ParameterizedTest
	@MethodSource("xml")
	void everyDependencyInXmlIsThereAndHasItsVersion(String xml) {
		assertThat(elements(parsed(xml), "dependency"))
			.filteredOn((dependency) -> text(dependency, "groupId").equals(GROUP))
			.allSatisfy((dependency) -> {
				assertThat(text(dependency, "artifactId")).isIn(modules());
				assertThat(text(dependency, "version")).isEqualTo(text(BOM, "version"));
			});
	}

	static Stream<String> xml() {
		return Pages.all().flatMap((page) -> Pages.snippets(page, "xml"));
	}

	@ParameterizedTest
	@MethodSource("coordinates")
	void everyModuleThatIsNamedWithItsGroupIsThere(String coordinates) {
		assertThat(coordinates)
			.matches(GROUP + ":(" + String.join("|", modules()) + ")(:" + Pattern.quote(text(BOM, "version")) + ")?");
	}

	static Stream<String> coordinates() {
		return Pages.all()
			.flatMap((page) -> COORDINATES.matcher(Pages.read(page)).results())
			.map((coordinates) -> coordinates.group())
			.distinct();
	}

	/** Those that are published. */
	private static List<String> modules() {
		return Stream
			.concat(Stream.of("brama-bom"),
					elements(BOM, "dependency").map((dependency) -> text(dependency, "artifactId")))
			.toList();
	}

	private static Element parsed(String xml) {
		try {
			String snippet = "<snippet>" + xml.replaceFirst("^<\\?xml.*\\?>", "") + "</snippet>";
			return DocumentBuilderFactory.newInstance()
				.newDocumentBuilder()
				.parse(new InputSource(new StringReader(snippet)))
				.getDocumentElement();
		}
		catch (Exception ex) {
			throw new AssertionError("This is no XML: " + xml, ex);
		}
	}

	private static Stream<Element> elements(Element parent, String name) {
		NodeList found = parent.getElementsByTagName(name);
		return IntStream.range(0, found.getLength()).mapToObj(found::item).map(Element.class::cast);
	}

	/** The first element of a name, or nothing if there is none. */
	private static String text(Element parent, String name) {
		return elements(parent, name).map(Element::getTextContent).findFirst().orElse("");
	}

}
