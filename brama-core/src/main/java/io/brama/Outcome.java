package io.brama;

import java.time.Duration;

import io.brama.policy.ErrorPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a call said about its connection. The set is closed: every outcome is a success, a
 * failure, or says nothing.
 */
public sealed interface Outcome {

	/**
	 * The connection did its work.
	 * @return the outcome
	 */
	static Outcome success() {
		return Success.INSTANCE;
	}

	/**
	 * The connection did not do its work.
	 * @param reason why, for people to read; a blank one becomes {@code "failure"}
	 * @return the outcome
	 */
	static Failure failure(@Nullable String reason) {
		return new Failure((reason == null || reason.isBlank()) ? "failure" : reason, false, null, null, false);
	}

	/**
	 * The call says nothing about the connection: a business error, a cancellation. It is
	 * counted as ignored, and a trial gives its place back.
	 * @return the outcome
	 */
	static Outcome ignored() {
		return Ignored.INSTANCE;
	}

	/** See {@link Outcome#success()}. */
	enum Success implements Outcome {

		/** The one success. */
		INSTANCE

	}

	/** See {@link Outcome#ignored()}. */
	enum Ignored implements Outcome {

		/** The one ignored outcome. */
		INSTANCE

	}

	/**
	 * See {@link Outcome#failure(String)}.
	 *
	 * @param reason why, for people to read
	 * @param trips whether this failure alone opens the circuit
	 * @param retryAfter how long the connection asked to be left alone, or {@code null}
	 * @param errorType the class name of the exception behind it, or {@code null} if none
	 * was thrown
	 * @param quoted whether the reason repeats what that exception, or one that caused
	 * it, says, which may not be for everybody
	 */
	record Failure(String reason, boolean trips, @Nullable Duration retryAfter, @Nullable String errorType,
			boolean quoted) implements Outcome {

		/**
		 * Check the values.
		 * @param reason why, not blank
		 * @param trips whether this failure alone opens the circuit
		 * @param retryAfter how long to leave the connection alone, longer than zero, or
		 * {@code null}
		 * @param errorType the class name of the exception, or {@code null} for none
		 * @param quoted whether the reason repeats what the exception says
		 * @throws IllegalArgumentException if the reason is blank or {@code retryAfter}
		 * is not positive
		 */
		public Failure {
			ConnectionId.requireText(reason, "reason of a failure");
			if (retryAfter != null && (retryAfter.isNegative() || retryAfter.isZero())) {
				throw new IllegalArgumentException(
						"retry-after of a failure must be longer than 0s, was " + Text.value(retryAfter));
			}
		}

		/**
		 * Return this failure as one that opens a closed circuit at once.
		 * @return the failure
		 */
		public Failure tripNow() {
			return new Failure(this.reason, true, this.retryAfter, this.errorType, this.quoted);
		}

		/**
		 * Return this failure with the time the connection asked to be left alone. If
		 * this failure opens the circuit, that is how long it stays open, up to
		 * {@code max-retry-after}.
		 * @param duration the time, longer than zero
		 * @return the failure
		 * @throws IllegalArgumentException if the duration is not positive
		 */
		public Failure retryAfter(Duration duration) {
			return new Failure(this.reason, this.trips, duration, this.errorType, this.quoted);
		}

		/** This failure with a reason that nobody outside has a part in. */
		Failure because(String reason) {
			return new Failure(reason, this.trips, this.retryAfter, this.errorType, false);
		}

		/** This failure as one of a call that threw. */
		Failure thrown(Throwable error) {
			return new Failure(this.reason, this.trips, this.retryAfter, error.getClass().getTypeName(),
					ErrorPolicy.isQuotedIn(this.reason, error));
		}

	}

}
