package io.brama.sample;

import io.brama.sample.partner.PartnerServer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The application: the shop, and on a second port the partners it depends on.
 */
@SpringBootApplication
public class ShopApplication {

	/**
	 * Start the shop.
	 * @param args properties such as {@code --server.port=9090}
	 */
	public static void main(String[] args) {
		SpringApplication.run(ShopApplication.class, args);
	}

	/**
	 * The one thing that shop and partners share: an address.
	 */
	@Bean
	RestClient partnerClient(RestClient.Builder builder, PartnerServer partners) {
		return builder.baseUrl(partners.url()).build();
	}

	/** The same for those who do not wait for the answer. */
	@Bean
	WebClient reactivePartnerClient(PartnerServer partners) {
		return WebClient.builder().baseUrl(partners.url()).clientConnector(new JdkClientHttpConnector()).build();
	}

}
