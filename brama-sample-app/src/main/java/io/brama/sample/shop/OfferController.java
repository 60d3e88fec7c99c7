package io.brama.sample.shop;

import java.math.BigDecimal;
import java.util.List;

import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The desk where customers ask what a loan costs: {@code GET /offers?amount=120}. All
 * banks are asked at the same time.
 */
@RestController
class OfferController {

	private final List<String> names;

	private final BankClient banks;

	OfferController(@Value("${shop.banks}") List<String> names, BankClient banks) {
		this.names = names;
		this.banks = banks;
	}

	@GetMapping("/offers")
	Flux<Offer> offers(@RequestParam BigDecimal amount) {
		return Flux.fromIterable(this.names)
			.flatMapSequential((bank) -> this.banks.offer(bank, amount))
			.filter(Offer::isMade);
	}

}
