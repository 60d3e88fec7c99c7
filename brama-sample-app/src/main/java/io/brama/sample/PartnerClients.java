package io.brama.sample;

import io.brama.sample.partner.PartnerServer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The one thing that shop and partners share: an address.
 */
@Configuration(proxyBeanMethods = false)
class PartnerClients {

	@Bean
	RestClient partnerClient(RestClient.Builder builder, PartnerServer partners) {
		return builder.baseUrl(partners.url()).build();
	}

	/** For those who do not wait for the answer. */
	@Bean
	WebClient reactivePartnerClient(PartnerServer partners) {
		return WebClient.builder().baseUrl(partners.url()).clientConnector(new JdkClientHttpConnector()).build();
	}

}
