package io.brama.sample.shop;

import java.math.BigDecimal;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/**
 * What a customer wants to buy.
 *
 * @param item the name of the item
 * @param quantity how many of it, from 1 to 1000
 * @param amount the price of all of them, from 0.01 to 1 000 000
 */
record Order(@NotBlank(message = "must not be blank") String item,
		@NotNull(message = QUANTITY) @Min(value = 1, message = QUANTITY) @Max(value = 1000,
				message = QUANTITY) Integer quantity,
		@NotNull(message = AMOUNT) @DecimalMin(value = "0.01", message = AMOUNT) @DecimalMax(value = "1000000",
				message = AMOUNT) BigDecimal amount) {

	private static final String QUANTITY = "must be between 1 and 1000";

	private static final String AMOUNT = "must be between 0.01 and 1000000";

}
