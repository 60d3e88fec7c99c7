package io.brama.sample.shop;

import io.brama.ErrorHandler;
import io.brama.Outcome;
import io.brama.spring.web.HttpErrors;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the answer of a bank says about the bank. Some say with status 200 that they are
 * closed, so the answer itself counts: without an offer it is a failure.
 */
@Configuration(proxyBeanMethods = false)
class BankConfiguration {

	@Bean
	ErrorHandler bankErrors() {
		HttpErrors http = new HttpErrors();
		return ErrorHandler.builder()
			.on(Exception.class, (ex) -> http.classify(null, ex))
			.onResult(Offer.class, (offer) -> offer.isMade() ? Outcome.success() : Outcome.failure("no offer"))
			.build();
	}

}
