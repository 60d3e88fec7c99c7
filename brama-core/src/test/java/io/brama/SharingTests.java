package io.brama;

import java.time.Duration;

import io.brama.policy.ExpiryStrategy;
import io.brama.policy.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What many circuits have in common is kept once.
 */
class SharingTests {

	private final Brama brama = Brama.builder().maxConnections(10_000).build();

	@AfterEach
	void close() {
		this.brama.close();
	}

	@Test
	void circuitsOfWhichTheSameIsSaidShareAConfiguration() {
		Circuit one = registerWithWindow("one", 200);
		Circuit two = registerWithWindow("two", 200);
		Circuit other = registerWithWindow("other", 300);
		assertThat(one.config()).isSameAs(two.config()).isNotSameAs(other.config());
		assertThat(one.registration()).isNotNull().isSameAs(two.registration());
		assertThat(other.config().tripPolicy().window().calls()).isEqualTo(300);
	}

	@Test
	void manyThatDifferDoNotKeepOthersFromSharing() {
		for (int number = 1; number <= 2_500; number++) {
			registerWithWindow("special-" + number, number + 19);
		}
		assertThat(this.brama.circuit("one").config()).isSameAs(this.brama.circuit("two").config());
		assertThat(registerWithWindow("three", 5_000).config()).isSameAs(registerWithWindow("four", 5_000).config());
	}

	@Test
	void factsAboutOneConnectionAreNotKeptForOthers() {
		Circuit one = this.brama.register("one", (options) -> options.metadata("url", "http://one"));
		Circuit two = this.brama.register("two", (options) -> options.metadata("url", "http://two"));
		assertThat(one.config().metadata()).containsEntry("url", "http://one");
		assertThat(two.config().metadata()).containsEntry("url", "http://two");
	}

	@Test
	void aStrategyIsNotComparedWithOthers() {
		Circuit circuit = this.brama.register("one", (options) -> options.expiryStrategy(new Incomparable()));
		assertThat(circuit.config().expiryStrategy()).isInstanceOf(Incomparable.class);
	}

	@Test
	void aStrategyOfAllIsNotComparedEither() {
		try (Brama other = Brama.builder().expiryStrategy(new Incomparable()).build()) {
			Circuit one = other.register("one");
			assertThat(one.config()).isSameAs(other.circuit("two").config());
			assertThat(one.config().expiryStrategy()).isInstanceOf(Incomparable.class);
		}
	}

	private Circuit registerWithWindow(String name, int calls) {
		return this.brama.register(name, (options) -> options.failureRate(50).window(calls));
	}

	/** Code of a user that fails where nobody would expect it to run. */
	private static final class Incomparable implements ExpiryStrategy {

		@Override
		public Duration expiry(Opening opening) {
			return Duration.ofSeconds(1);
		}

		@Override
		public boolean equals(Object other) {
			throw new IllegalStateException("must not be asked");
		}

		@Override
		public int hashCode() {
			throw new IllegalStateException("must not be asked");
		}

	}

}
