package io.brama;

/**
 * Leave for a call that the circuit itself has no say in: because its mode is OBSERVE and
 * it would have refused, because its mode is OFF, or because there is no room for a
 * circuit. The outcome moves nothing.
 *
 * @param period the period that was asked
 * @param isCounted whether the outcome enters the totals
 */
record Pass(Period period, boolean isCounted) implements Admission {

	@Override
	public boolean isGranted() {
		return true;
	}

}
