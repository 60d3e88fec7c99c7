package io.brama.spring;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The rules that keep the rooms of the starter apart.
 */
class ArchitectureTests {

	private static final String HOUSE = "io.brama.spring.";

	private final JavaClasses starter = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.brama.spring");

	@Test
	void nothingKnowsTheWiring() {
		noClasses().that()
			.resideOutsideOfPackage(HOUSE + "autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(HOUSE + "autoconfigure..")
			.check(this.starter);
	}

	@Test
	void theRoomsDoNotKnowEachOther() {
		slices().matching(HOUSE + "(*)..")
			.should()
			.notDependOnEachOther()
			.ignoreDependency(resideInAPackage(HOUSE + "autoconfigure.."), DescribedPredicate.alwaysTrue())
			.check(this.starter);
	}

	@Test
	void thereAreNoCycles() {
		slices().matching(HOUSE + "(**)").should().beFreeOfCycles().check(this.starter);
	}

	@Test
	void onlyTheEndpointAndTheWiringKnowActuator() {
		noClasses().that()
			.resideOutsideOfPackages(HOUSE + "actuate..", HOUSE + "health..", HOUSE + "autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.boot.actuate..", "org.springframework.boot.health..")
			.check(this.starter);
	}

	@Test
	void onlyTheMetricsTheObservationsAndTheWiringKnowMicrometer() {
		noClasses().that()
			.resideOutsideOfPackages(HOUSE + "metrics..", HOUSE + "observation..", HOUSE + "autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.micrometer..")
			.check(this.starter);
	}

	@Test
	void onlyAFewClassesOfARoomKnowReactor() {
		noClasses().that(resideInAPackage(HOUSE + "annotation..").and(isNot("ReactiveCall")))
			.or(resideInAPackage(HOUSE + "actuate..").and(isNot("(CommandBodyFilter|DashboardWebFilter)")))
			.or(resideInAnyPackage(HOUSE + "event..", HOUSE + "autoconfigure.."))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("reactor..", "org.reactivestreams..")
			.check(this.starter);
	}

	@Test
	void propertiesAreKnownToTheWiringAlone() {
		classes().that()
			.haveSimpleNameEndingWith("Properties")
			.should()
			.resideInAPackage(HOUSE + "autoconfigure..")
			.check(this.starter);
	}

	@Test
	void namesSayWhatAThingIs() {
		noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Helper|Manager)(\\$.*)?").check(this.starter);
	}

	@Test
	void nobodyButTheCoreAsksForTheTime() {
		noClasses().should()
			.callMethod(System.class, "nanoTime")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(java.time.Instant.class, "now")
			.check(this.starter);
	}

	private static DescribedPredicate<JavaClass> isNot(String simpleName) {
		return DescribedPredicate.describe("are not " + simpleName,
				(type) -> !type.getName().matches(".*\\." + simpleName + "(\\$.*)?"));
	}

}
