package io.brama.sample.shop;

import java.math.BigDecimal;

/**
 * What a bank offers: to lend an amount for a year.
 *
 * @param bank who offers it
 * @param monthly what to pay back each month
 */
record Offer(String bank, BigDecimal monthly) {
}
