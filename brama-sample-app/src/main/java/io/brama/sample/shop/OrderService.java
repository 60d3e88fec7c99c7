package io.brama.sample.shop;

import java.util.UUID;

import org.springframework.stereotype.Service;

/**
 * The order process. Stock and payment must work, recommendations may be missing.
 */
@Service
class OrderService {

	private final InventoryClient inventory;

	private final PaymentClient payments;

	private final RecommendationClient recommendations;

	OrderService(InventoryClient inventory, PaymentClient payments, RecommendationClient recommendations) {
		this.inventory = inventory;
		this.payments = payments;
		this.recommendations = recommendations;
	}

	Receipt place(Order order) {
		String orderId = UUID.randomUUID().toString();
		this.inventory.reserve(orderId, order.item(), order.quantity());
		String paymentReference = this.payments.pay(orderId, order.amount());
		return new Receipt(orderId, paymentReference, this.recommendations.recommend(order.item()));
	}

}
