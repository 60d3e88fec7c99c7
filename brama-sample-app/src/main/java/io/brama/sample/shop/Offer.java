package io.brama.sample.shop;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * What a bank offers: to lend an amount for a year.
 *
 * @param bank who was asked
 * @param monthly what to pay back each month, or {@code null} if the bank said nothing
 */
record Offer(String bank, @Nullable BigDecimal monthly) {

	boolean isMade() {
		return this.monthly != null;
	}

}
