package io.brama;

/**
 * The answer to a call that asks for leave: a grant or a refusal, together with the
 * period that gave it. A closed circuit grants with itself, so that a healthy call
 * allocates nothing; a trial is an object of its own, and so is a pass for a call that is
 * let in whatever the circuit says; every other period refuses with itself.
 */
sealed interface Admission permits Period, Trial, Pass {

	boolean isGranted();

	/** The period that answered, and that the outcome of the call goes to. */
	Period period();

}
