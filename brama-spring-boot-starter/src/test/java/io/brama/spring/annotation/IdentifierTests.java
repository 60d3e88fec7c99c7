package io.brama.spring.annotation;

import java.io.StringWriter;
import java.time.DayOfWeek;
import java.util.List;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.CircuitOpenException;
import io.brama.spring.autoconfigure.BramaAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Identifiers, scopes and types that depend on the call.
 */
class IdentifierTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration.class))
		.withBean(Banks.class);

	@Test
	void everyIdentifierHasACircuitOfItsOwn() {
		this.runner.run((context) -> {
			Brama brama = context.getBean(Brama.class);
			Banks banks = context.getBean(Banks.class);
			assertThat(brama.all()).isEmpty();
			banks.byProperty(new Bank("a"));
			banks.byProperty(new Bank("b"));
			banks.byProperty(new Bank("b"));
			assertThat(identifiers(brama)).containsExactlyInAnyOrder("bank-a", "bank-b");
			assertThat(brama.status("bank-b").orElseThrow().calls().success()).isEqualTo(2);
			brama.open("bank-a", because("maintenance"));
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> banks.byProperty(new Bank("a")));
			assertThat(banks.byProperty(new Bank("b"))).isEqualTo("called");
		});
	}

	@Test
	void anExpressionKnowsArgumentsBeansAndTheCall() {
		this.runner.withBean("region", String.class, () -> "eu").run((context) -> {
			Banks banks = context.getBean(Banks.class);
			banks.byIndex("i");
			banks.byBean();
			banks.byRoot("r");
			assertThat(identifiers(context.getBean(Brama.class))).containsExactlyInAnyOrder("p-i-i", "bean-eu",
					"Banks.byRoot(r) our");
		});
	}

	@Test
	void placeholdersAreResolvedBeforeExpressions() {
		this.runner.withPropertyValues("bank.prefix=house").run((context) -> {
			context.getBean(Banks.class).withPlaceholder("a");
			assertThat(identifiers(context.getBean(Brama.class))).containsExactly("house-a");
		});
	}

	@Test
	void scopeAndTypeMayDependOnTheCallToo() {
		this.runner.run((context) -> {
			context.getBean(Banks.class).scoped("a", "eu");
			assertThat(context.getBean(Brama.class).all()).extracting((circuit) -> circuit.id().toString())
				.containsExactly("connection 'bank-a' of scope 'eu' of type 'http'");
		});
	}

	@Test
	void whatTheAnnotationDoesNotNameIsLookedUp() {
		this.runner
			.withPropertyValues("brama.connections.bank-a.scope=banks", "brama.connections.bank-a.type=soap",
					"brama.connections.fixed.scope=house")
			.run((context) -> {
				Banks banks = context.getBean(Banks.class);
				banks.scopedOnly("a", "eu");
				banks.typedOnly("a");
				banks.constantButForTheType("rest");
				assertThat(context.getBean(Brama.class).all()).extracting((circuit) -> circuit.id().toString())
					.containsExactlyInAnyOrder("connection 'bank-a' of scope 'eu' of type 'soap'",
							"connection 'bank-a' of scope 'banks' of type 'http'",
							"connection 'fixed' of scope 'house' of type 'rest'");
			});
	}

	@Test
	void namesakesInScopesAreOtherConnectionsWhateverWasCalledFirst() {
		this.runner.run((context) -> {
			Banks banks = context.getBean(Banks.class);
			banks.scopedOnly("a", "eu");
			banks.scopedOnly("a", "us");
			banks.byProperty(new Bank("a"));
			assertThat(context.getBean(Brama.class).all()).extracting((circuit) -> circuit.id().toString())
				.containsExactlyInAnyOrder("connection 'bank-a' of scope 'eu'", "connection 'bank-a' of scope 'us'",
						"connection 'bank-a'");
		});
	}

	@Test
	void aBlankIdentifierBesideAnExpressionIsFoundAtStartup() {
		this.runner.withBean(Blank.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("its identifier must not be blank, was ' '"));
	}

	@Test
	void configurationByNameAndByPatternApplies() {
		this.runner
			.withPropertyValues("brama.connections.[bank-*].max-attempts=3", "brama.connections.bank-a.scope=banks",
					"brama.connections.bank-a.type=http")
			.run((context) -> {
				Brama brama = context.getBean(Brama.class);
				context.getBean(Banks.class).byProperty(new Bank("a"));
				context.getBean(Banks.class).byProperty(new Bank("b"));
				assertThat(brama.all()).extracting((circuit) -> circuit.id().toString())
					.containsExactlyInAnyOrder("connection 'bank-a' of scope 'banks' of type 'http'",
							"connection 'bank-b'");
				assertThat(brama.all())
					.allSatisfy((circuit) -> assertThat(circuit.status().config().maxAttempts()).isEqualTo(3));
			});
	}

	@Test
	void anExpressionThatDependsOnNothingIsAnExpressionToo() {
		this.runner.run((context) -> {
			context.getBean(Banks.class).always();
			assertThat(identifiers(context.getBean(Brama.class))).containsExactly("always-2");
		});
	}

	@ParameterizedTest
	@MethodSource("texts")
	@Tag("T62")
	void simpleValuesBecomeText(Object key, String identifier) {
		this.runner.run((context) -> {
			context.getBean(Banks.class).byKey(key);
			assertThat(identifiers(context.getBean(Brama.class))).containsExactly(identifier);
		});
	}

	static Stream<Arguments> texts() {
		return Stream.of(Arguments.of("a", "a"), Arguments.of(17, "17"), Arguments.of(17L, "17"),
				Arguments.of(DayOfWeek.MONDAY, "MONDAY"), Arguments.of(Spoken.HELLO, "HELLO"), Arguments.of('c', "c"),
				Arguments.of(true, "true"));
	}

	@ParameterizedTest
	@MethodSource("noTexts")
	@Tag("T62")
	void aKeyThatIsNoTextIsAClearError(Object key, String problem) {
		this.runner.run((context) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> context.getBean(Banks.class).byKey(key))
				.withMessage("The identifier '#{#key}' of @CircuitBreaker on method " + Banks.class.getName()
						+ ".byKey() " + problem);
			assertThat(context.getBean(Brama.class).all()).isEmpty();
		});
	}

	static Stream<Arguments> noTexts() {
		return Stream.of(Arguments.of(null, "is null"), Arguments.of("", "is blank"), Arguments.of(" ", "is blank"),
				Arguments.of(new Bank("a"),
						"is a " + Bank.class.getTypeName()
								+ ", not a text, number, enum constant or other simple value"),
				Arguments.of(List.of(), "is a java.util.ImmutableCollections$ListN"
						+ ", not a text, number, enum constant or other simple value"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  " })
	@Tag("T62")
	void aBlankKeyInTheMiddleOfATextIsAClearError(String code) {
		this.runner.run((context) -> {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> context.getBean(Banks.class).byProperty(new Bank(code)))
				.withMessageEndingWith("byProperty() is blank in '#bank.code'");
			assertThat(context.getBean(Brama.class).all()).isEmpty();
		});
	}

	@Test
	@Tag("T62")
	void nullInTheMiddleOfATextIsAClearError() {
		this.runner.run((context) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> context.getBean(Banks.class).byProperty(new Bank(null)))
			.withMessageContaining("'bank-#{#bank.code}'")
			.withMessageEndingWith("byProperty() is null in '#bank.code'"));
	}

	@Test
	@Tag("T62")
	void anExpressionThatFailsIsAClearError() {
		this.runner.run((context) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> context.getBean(Banks.class).byProperty(null))
			.withMessageContaining("byProperty() cannot be evaluated")
			.withCauseInstanceOf(Exception.class));
	}

	@Test
	@Tag("T62")
	void aScopeThatIsNullIsNamedAsTheScope() {
		this.runner.run((context) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> context.getBean(Banks.class).scoped("a", null))
			.withMessageContaining("The scope '#{#region}'"));
	}

	@Test
	@Tag("T62")
	void anErrorMentionsNamesOfParametersThatAreNotKnown() {
		this.runner.withBean(Unnamed.class)
			.run((context) -> assertThatIllegalArgumentException()
				.isThrownBy(() -> context.getBean(Unnamed.class).write("text"))
				.withMessageEndingWith("is null. The names of its parameters are not known: "
						+ "compile with -parameters, or write #p0 for the first"));
	}

	@Test
	void aPublisherHasTheErrorInPlaceOfThrowingIt() {
		this.runner.run((context) -> {
			StepVerifier.create(context.getBean(Banks.class).mono("a")).expectNext("called").verifyComplete();
			StepVerifier.create(context.getBean(Banks.class).mono(null)).verifyError(IllegalArgumentException.class);
			assertThat(identifiers(context.getBean(Brama.class))).containsExactly("a");
		});
	}

	private static List<String> identifiers(Brama brama) {
		return brama.all().stream().map((circuit) -> circuit.id().identifier()).toList();
	}

	public record Bank(String code) {

	}

	/** An enum whose text is not its name. */
	public enum Spoken {

		/** A constant with a body, so a class of its own. */
		HELLO {
			@Override
			public String toString() {
				return "hello there";
			}
		}

	}

	public static class Banks {

		@CircuitBreaker(identifier = "bank-#{#bank.code}")
		public String byProperty(Bank bank) {
			return "called";
		}

		@CircuitBreaker(identifier = "p-#{#p0}-#{#a0}")
		public void byIndex(String code) {
		}

		@CircuitBreaker(identifier = "bean-#{@region}")
		public void byBean() {
		}

		@CircuitBreaker(
				identifier = "#{#root.targetClass.simpleName}.#{#root.methodName}(#{#root.args[0]}) #{#root.target.owner}")
		public void byRoot(String argument) {
		}

		@CircuitBreaker(identifier = "${bank.prefix}-#{#code}")
		public void withPlaceholder(String code) {
		}

		@CircuitBreaker(identifier = "bank-#{#code}", scope = "#{#region}", type = "http")
		public void scoped(String code, String region) {
		}

		@CircuitBreaker(identifier = "bank-#{#code}", scope = "#{#region}")
		public void scopedOnly(String code, String region) {
		}

		@CircuitBreaker(identifier = "bank-#{#code}", type = "http")
		public void typedOnly(String code) {
		}

		@CircuitBreaker(identifier = "fixed", type = "#{#kind}")
		public void constantButForTheType(String kind) {
		}

		@CircuitBreaker(identifier = "always-#{1 + 1}")
		public void always() {
		}

		@CircuitBreaker(identifier = "#{#key}")
		public void byKey(Object key) {
		}

		@CircuitBreaker(identifier = "#{#code}")
		public Mono<String> mono(String code) {
			return Mono.just("called");
		}

		public String getOwner() {
			return "our";
		}

	}

	public static class Blank {

		@CircuitBreaker(identifier = " ", scope = "#{#region}")
		public void call(String region) {
		}

	}

	/** Inherits methods that were compiled without the names of their parameters. */
	@CircuitBreaker(identifier = "#{#str}")
	public static class Unnamed extends StringWriter {

	}

}
