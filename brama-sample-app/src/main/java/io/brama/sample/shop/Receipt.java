package io.brama.sample.shop;

import java.util.List;

/**
 * What a customer gets for an order that is paid.
 *
 * @param orderId the number of the order
 * @param paymentReference the number of the payment
 * @param recommendations what the customer may like as well; empty when nobody can tell
 */
record Receipt(String orderId, String paymentReference, List<String> recommendations) {
}
