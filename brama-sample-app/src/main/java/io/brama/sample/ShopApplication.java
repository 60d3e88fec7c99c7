package io.brama.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

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

}
