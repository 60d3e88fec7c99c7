package io.brama;

import java.time.Clock;
import java.time.Instant;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.brama.policy.Window;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the house, as far as a machine can check them.
 */
class ArchitectureTest {

	/** Adding a type here is adding a promise to users. */
	private static final Set<String> PUBLIC_TYPES = Set.of("io.brama.Brama", "io.brama.BramaEvent", "io.brama.Circuit",
			"io.brama.CircuitConfig", "io.brama.CircuitOpenException", "io.brama.CircuitOptions",
			"io.brama.CircuitState", "io.brama.Command", "io.brama.ConnectionId", "io.brama.ConnectionStatus",
			"io.brama.Delivery", "io.brama.Interference", "io.brama.Mode", "io.brama.ErrorHandler",
			"io.brama.EventFilter", "io.brama.Outcome", "io.brama.Permit", "io.brama.Subscription",
			"io.brama.TimeSource", "io.brama.TransitionCause", "io.brama.TransitionLog", "io.brama.policy.ErrorPolicy",
			"io.brama.policy.ExpiryStrategy", "io.brama.policy.Opening", "io.brama.policy.Rate",
			"io.brama.policy.StripedCount", "io.brama.policy.Trip", "io.brama.policy.TripPolicy",
			"io.brama.policy.TripCounter", "io.brama.policy.Window", "io.brama.policy.WindowSize");

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
		.importPackages("io.brama");

	@Test
	void theRulesSeeTheWholeModule() {
		assertThat(MAIN.stream().map(JavaClass::getPackageName).distinct()).containsExactlyInAnyOrder("io.brama",
				"io.brama.policy");
		assertThat(MAIN.contain(Circuit.class)).isTrue();
		assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
	}

	@Test
	void choicesDoNotKnowTheGate() {
		noClasses().that()
			.resideInAPackage("io.brama.policy")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.brama")
			.check(MAIN);
	}

	@Test
	void thereAreNoPackageCycles() {
		slices().matching("io.(**)").should().beFreeOfCycles().check(MAIN);
	}

	@Test
	void theCoreNeedsNothingButTheJdkAndJSpecify() {
		classes().should()
			.onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "io.brama", "io.brama.policy"))
			.check(MAIN);
	}

	@Test
	void onePlaceReadsTheClock() {
		noClasses().that()
			.doNotHaveFullyQualifiedName(SystemTime.class.getName())
			.should()
			.accessTargetWhere(readsTheClock())
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(Clock.class)
			.check(MAIN);
	}

	private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
		return DescribedPredicate.describe("a reading of the machine's clock", (access) -> {
			JavaClass owner = access.getTargetOwner();
			String name = access.getTarget().getName();
			return (owner.isEquivalentTo(System.class) && Set.of("nanoTime", "currentTimeMillis").contains(name))
					|| (owner.getPackageName().equals(Instant.class.getPackageName()) && name.equals("now"));
		});
	}

	@Test
	void publicTypesAreTheKnownOnes() {
		assertThat(MAIN.stream()
			.filter((type) -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getName)).containsExactlyInAnyOrderElementsOf(PUBLIC_TYPES);
	}

	@Test
	void namesComeFromTheDomain() {
		noClasses().should()
			.haveSimpleNameEndingWith("Impl")
			.orShould()
			.haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager)")
			.orShould()
			.haveSimpleNameStartingWith("Abstract")
			.check(MAIN);
	}

	@Test
	void classesAreFinalUnlessMadeToBeExtended() {
		Set<String> open = MAIN.stream()
			.filter((type) -> !type.isInterface() && !type.isEnum() && !type.isAnonymousClass())
			.filter((type) -> !type.getModifiers().contains(JavaModifier.FINAL))
			.map(JavaClass::getName)
			.collect(Collectors.toSet());
		assertThat(open).containsExactlyInAnyOrder(CircuitOptions.class.getName(), Period.class.getName(),
				Traffic.class.getName(), Window.class.getName());
	}

	@Test
	void theFaceStaysSmall() {
		long methods = Stream.of(Brama.class, Circuit.class, Permit.class)
			.flatMap((type) -> Arrays.stream(type.getDeclaredMethods()))
			.filter((method) -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
			.filter((method) -> !overridesObject(method))
			.count();
		assertThat(methods).isLessThanOrEqualTo(69);
	}

	private static boolean overridesObject(Method method) {
		return Arrays.stream(Object.class.getMethods())
			.anyMatch((inherited) -> inherited.getName().equals(method.getName())
					&& Arrays.equals(inherited.getParameterTypes(), method.getParameterTypes()));
	}

}
