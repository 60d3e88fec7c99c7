package io.brama.policy;

import java.math.BigDecimal;

/**
 * A share of calls, exact to a millionth.
 *
 * @param millionths the share in millionths, from 1 to 1 000 000
 */
public record Rate(int millionths) {

	private static final int WHOLE = 1_000_000;

	/**
	 * Check the share.
	 * @param millionths the share in millionths
	 * @throws IllegalArgumentException if it is out of range
	 */
	public Rate {
		if (millionths < 1 || millionths > WHOLE) {
			throw new IllegalArgumentException("must be between 0.0001% and 100%, was "
					+ BigDecimal.valueOf(millionths, 4).stripTrailingZeros().toPlainString() + "%");
		}
	}

	/**
	 * Return a rate given in percent.
	 * @param percent from 0.0001 to 100, with at most four decimal places
	 * @return the rate
	 * @throws IllegalArgumentException if the value is out of range or has more decimal
	 * places, with a message that lacks its subject
	 */
	public static Rate percent(double percent) {
		if (!(percent >= 0.0001 && percent <= 100)) {
			throw new IllegalArgumentException("must be between 0.0001% and 100%, was " + percent + "%");
		}
		try {
			return new Rate(BigDecimal.valueOf(percent).movePointRight(4).intValueExact());
		}
		catch (ArithmeticException ex) {
			throw new IllegalArgumentException("must have at most four decimal places, was " + percent + "%", ex);
		}
	}

	/**
	 * Tell whether a part of the calls reaches this share, without any rounding.
	 * @param part how many of the calls
	 * @param calls how many calls, fewer than 2^43
	 * @return whether {@code part / calls >= rate}
	 */
	boolean isReachedBy(long part, long calls) {
		return part * WHOLE >= this.millionths * calls;
	}

	/** The smallest part of so many calls that reaches this share. */
	int of(int calls) {
		return (int) ((this.millionths * (long) calls + WHOLE - 1) / WHOLE);
	}

	@Override
	public String toString() {
		return BigDecimal.valueOf(this.millionths, 4).stripTrailingZeros().toPlainString() + "%";
	}

}
