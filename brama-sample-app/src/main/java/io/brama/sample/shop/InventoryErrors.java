package io.brama.sample.shop;

import io.brama.ErrorHandler;
import io.brama.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a reservation says about the warehouse: nothing at all when the item is
 * out of stock, which is an answer like any other.
 */
class InventoryErrors implements ErrorHandler {

	@Override
	public Outcome classify(@Nullable Object result, @Nullable Throwable error) {
		return (error instanceof OutOfStockException) ? Outcome.ignored()
				: ErrorHandler.DEFAULT.classify(result, error);
	}

}
