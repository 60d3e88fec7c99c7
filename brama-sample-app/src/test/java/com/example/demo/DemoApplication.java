package com.example.demo;

import io.brama.spring.annotation.CircuitBreaker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
public class DemoApplication {

	public static void main(String[] args) {
		SpringApplication.run(DemoApplication.class, args);
	}

}

@Service
class PriceClient {

	private volatile boolean serverIsUp = true;

	@CircuitBreaker(identifier = "price-server")
	public String price() {
		if (!this.serverIsUp) {
			throw new IllegalStateException("no answer from the price server");
		}
		return "12.50";
	}

	public void serverIs(String state) {
		this.serverIsUp = state.equals("up");
	}

}

@RestController
class PriceController {

	private final PriceClient client;

	PriceController(PriceClient client) {
		this.client = client;
	}

	@GetMapping("/price")
	String price() {
		return this.client.price();
	}

	@PutMapping("/price-server/{state}")
	void priceServer(@PathVariable String state) {
		this.client.serverIs(state);
	}

}
