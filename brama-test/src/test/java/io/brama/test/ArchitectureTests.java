package io.brama.test;

import java.time.Instant;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules that keep the optional libraries of the test kit optional.
 */
class ArchitectureTests {

	private final JavaClasses kit = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
		.importPackages("io.brama.test");

	@Test
	void theRulesSeeTheWholeModule() {
		assertThat(this.kit.stream().map(JavaClass::getPackageName).distinct())
			.containsExactlyInAnyOrder("io.brama.test", "io.brama.test.spring");
	}

	@Test
	void onlyOnePackageKnowsSpring() {
		noClasses().that()
			.resideOutsideOfPackage("io.brama.test.spring")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "io.brama.test.spring")
			.check(this.kit);
	}

	@Test
	void theStarterMayUseTheKit() {
		noClasses().should().dependOnClassesThat().resideInAPackage("io.brama.spring..").check(this.kit);
	}

	@Test
	void onlyAssertionsKnowAssertJ() {
		classes().that(not(simpleNameEndingWith("Assert").or(simpleNameEndingWith("Assertions"))))
			.should()
			.onlyDependOnClassesThat(not(resideInAPackage("org.assertj..")))
			.check(this.kit);
	}

	@Test
	void onlyTheExtensionAndTheSliceKnowJUnit() {
		noClasses().that()
			.haveNameNotMatching(".*\\.(BramaExtension(\\$.*)?|BramaTest)")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.junit..")
			.check(this.kit);
	}

	@Test
	void nobodyAsksForTheTimeOfTheMachine() {
		noClasses().should()
			.callMethod(System.class, "nanoTime")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(Thread.class, "sleep", long.class)
			.check(this.kit);
	}

	@Test
	void namesSayWhatAThingIs() {
		noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Helper|Manager)(\\$.*)?").check(this.kit);
	}

}
