package io.brama.spring.cloud;

import java.time.Instant;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The rules that keep the rooms of the module apart, and optional libraries optional.
 */
class ArchitectureTests {

	private static final String HOUSE = "io.brama.spring.cloud";

	private static final String WIRING = HOUSE + ".autoconfigure..";

	private static final String GATEWAY = HOUSE + ".gateway..";

	private final JavaClasses module = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(HOUSE);

	@Test
	void nothingKnowsTheWiring() {
		noClasses().that()
			.resideOutsideOfPackage(WIRING)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(WIRING)
			.check(this.module);
	}

	@Test
	void theFactoriesAndTheGatewaysDoNotKnowEachOther() {
		noClasses().that()
			.resideInAPackage(HOUSE)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(GATEWAY)
			.check(this.module);
		noClasses().that()
			.resideInAPackage(GATEWAY)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(HOUSE)
			.check(this.module);
	}

	@Test
	void onlyTheWiringKnowsTheStarter() {
		noClasses().that()
			.resideOutsideOfPackage(WIRING)
			.should()
			.dependOnClassesThat(resideInAPackage("io.brama.spring..").and(resideOutsideOfPackage(HOUSE + "..")))
			.check(this.module);
	}

	@Test
	void onlyTheGatewayRoomAndItsWiringKnowTheGateways() {
		noClasses().that(resideOutsideOfPackage(GATEWAY).and(isNot("Brama(Servlet)?GatewayAutoConfiguration")))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.cloud.gateway..", "org.springframework.web..", "jakarta.servlet..")
			.check(this.module);
	}

	@Test
	void onlyReactiveClassesKnowReactor() {
		noClasses()
			.that(isNot("(ReactiveBramaCircuitBreaker|ReactiveBramaCircuitBreakerFactory|BramaGatewayFilterFactory)"))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("reactor..", "org.reactivestreams..")
			.check(this.module);
	}

	@Test
	void onlyTheWiringKnowsMicrometer() {
		noClasses().that()
			.resideOutsideOfPackage(WIRING)
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.micrometer..")
			.check(this.module);
	}

	@Test
	void nothingKnowsResilience4j() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.github.resilience4j..", "org.springframework.cloud.circuitbreaker..")
			.check(this.module);
	}

	@Test
	void propertiesAreKnownToTheWiringAlone() {
		classes().that().haveSimpleNameEndingWith("Properties").should().resideInAPackage(WIRING).check(this.module);
	}

	@Test
	void namesSayWhatAThingIs() {
		noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Helper|Manager)(\\$.*)?").check(this.module);
	}

	@Test
	void nobodyButTheCoreAsksForTheTime() {
		noClasses().should()
			.callMethod(System.class, "nanoTime")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(Instant.class, "now")
			.check(this.module);
	}

	private static DescribedPredicate<JavaClass> isNot(String simpleName) {
		return DescribedPredicate.describe("are not " + simpleName,
				(type) -> !type.getName().matches(".*\\." + simpleName + "(\\$.*)?"));
	}

}
