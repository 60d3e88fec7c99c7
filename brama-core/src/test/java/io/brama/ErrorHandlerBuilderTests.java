package io.brama;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Handlers made of rules by type.
 */
class ErrorHandlerBuilderTests {

	@Test
	void withoutRulesTheDefaultDecides() {
		ErrorHandler handler = ErrorHandler.builder().build();
		assertThat(handler.classify("done", null)).isEqualTo(Outcome.success());
		assertThat(handler.classify(null, null)).isEqualTo(Outcome.success());
		assertThat(handler.classify(null, new IOException("no answer"))).isEqualTo(Outcome.failure("no answer"));
	}

	@Test
	void aRuleDecidesAboutExceptionsOfItsType() {
		ErrorHandler handler = ErrorHandler.builder()
			.on(IOException.class, (ex) -> Outcome.failure("I/O: " + ex.getMessage()).tripNow())
			.build();
		assertThat(handler.classify(null, new FileNotFoundException("gone")))
			.isEqualTo(Outcome.failure("I/O: gone").tripNow());
		assertThat(handler.classify(null, new IllegalStateException("odd"))).isEqualTo(Outcome.failure("odd"));
	}

	@Test
	void whatIsToBeIgnoredIsIgnored() {
		ErrorHandler handler = ErrorHandler.builder()
			.ignore(IllegalArgumentException.class, IllegalStateException.class)
			.build();
		assertThat(handler.classify(null, new NumberFormatException("x"))).isEqualTo(Outcome.ignored());
		assertThat(handler.classify(null, new IllegalStateException("x"))).isEqualTo(Outcome.ignored());
		assertThat(handler.classify(null, new IOException("x"))).isEqualTo(Outcome.failure("x"));
	}

	@Test
	void aRuleDecidesAboutResultsOfItsType() {
		ErrorHandler handler = ErrorHandler.builder()
			.onResult(CharSequence.class, (text) -> text.isEmpty() ? Outcome.failure("empty") : Outcome.success())
			.build();
		assertThat(handler.classify("", null)).isEqualTo(Outcome.failure("empty"));
		assertThat(handler.classify("done", null)).isEqualTo(Outcome.success());
		assertThat(handler.classify(1, null)).isEqualTo(Outcome.success());
	}

	@Test
	void aRuleAboutResultsIsNotAskedAboutExceptions() {
		ErrorHandler handler = ErrorHandler.builder().onResult(Object.class, (any) -> Outcome.ignored()).build();
		assertThat(handler.classify(null, new IOException("no answer"))).isEqualTo(Outcome.failure("no answer"));
	}

	@Test
	void ofSeveralRulesThatFitTheFirstDecides() {
		ErrorHandler handler = ErrorHandler.builder()
			.on(FileNotFoundException.class, (ex) -> Outcome.success())
			.ignore(IOException.class)
			.build();
		assertThat(handler.classify(null, new FileNotFoundException())).isEqualTo(Outcome.success());
		assertThat(handler.classify(null, new IOException())).isEqualTo(Outcome.ignored());
	}

	@Test
	void aRuleThatCanNeverApplyIsRefused() {
		ErrorHandler.Builder builder = ErrorHandler.builder().ignore(IOException.class);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> builder.on(FileNotFoundException.class, (ex) -> Outcome.success()))
			.withMessage("the rule about exceptions of type java.io.FileNotFoundException can never apply, because "
					+ "the one about type java.io.IOException comes first; name the narrower type first");
	}

	@Test
	void aHandlerKeepsTheRulesItWasBuiltWith() {
		ErrorHandler.Builder builder = ErrorHandler.builder();
		ErrorHandler handler = builder.build();
		builder.ignore(IOException.class);
		assertThat(handler.classify(null, new IOException("x"))).isEqualTo(Outcome.failure("x"));
	}

	@Test
	@SuppressWarnings("DataFlowIssue")
	void nothingIsRefusedByName() {
		ErrorHandler.Builder builder = ErrorHandler.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.on(null, (ex) -> Outcome.success()))
			.withMessage("type of a rule about exceptions must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.onResult(String.class, null))
			.withMessage("meaning of results of type java.lang.String must not be null");
	}

	@Test
	void wrappersAreTakenOffBeforeTheRulesAreAsked() {
		Circuit circuit = Brama.create().circuit("payment-api");
		ErrorHandler handler = ErrorHandler.builder().ignore(UncheckedIOException.class).build();
		UncheckedIOException inside = new UncheckedIOException(new IOException("no answer"));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> circuit.call(() -> {
			throw new CompletionException(inside);
		}, handler));
		assertThat(circuit.status().calls().ignored()).isOne();
	}

}
