package io.brama.sample.traffic;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * A customer who orders a book again and again over HTTP, and does not mind how that
 * ends.
 */
@Component
@ConditionalOnBooleanProperty("shop.traffic.enabled")
class Traffic implements AutoCloseable {

	private static final Map<String, Object> ORDER = Map.of("item", "book", "quantity", 1, "amount", 12.50);

	private final ScheduledExecutorService orders = new ScheduledThreadPoolExecutor(1);

	private final Duration pause;

	Traffic(@Value("${shop.traffic.pause:100ms}") Duration pause) {
		this.pause = pause;
	}

	@EventListener
	void begin(WebServerInitializedEvent event) {
		if (event.getApplicationContext().getServerNamespace() == null) {
			RestClient shop = RestClient.create("http://localhost:" + event.getWebServer().getPort());
			Object unused = this.orders.scheduleWithFixedDelay(() -> order(shop), 0, this.pause.toMillis(),
					TimeUnit.MILLISECONDS);
		}
	}

	private static void order(RestClient shop) {
		try {
			shop.post()
				.uri("/orders")
				.body(ORDER)
				.retrieve()
				.onStatus(HttpStatusCode::isError, (request, response) -> response.close())
				.toBodilessEntity();
		}
		catch (RestClientException ex) {
			// the next order may fare better
		}
	}

	@Override
	public void close() {
		this.orders.shutdownNow();
	}

}
