package io.brama.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.brama.CircuitState;
import io.brama.sample.ShopApplication;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A day of the person on call, as the dashboard of the shop shows it. With the property
 * {@code pictures} it takes the pictures of the documentation.
 */
class StoryTests {

	private static final String PICTURES = System.getProperty("pictures");

	/** A picture wants a whole minute of calls. */
	private static final int BUSY = (PICTURES != null) ? 300 : 20;

	@AutoClose
	private static Browser browser;

	@AutoClose
	private static Instance shop;

	@BeforeAll
	static void openTheShop() {
		browser = Browser.start();
		shop = Instance.asConfigured(ShopApplication.class, "--server.port=0", "--shop.partners.port=0",
				"--shop.traffic.enabled=true", "--brama.connections.payment-api.initial-expiry=50s",
				"--brama.connections.payment-api.max-expiry=50s");
	}

	@Test
	void aPartnerFailsAndAnotherIsUnderMaintenance() throws IOException {
		Page page = browser.window(1280, 900, "light").visit(shop.dashboard());
		page.untilCard("payment-api", "CLOSED")
			.until(() -> assertThat(calls(page, "payment-api", "ok")).isGreaterThan(BUSY));

		breakPayments();
		page.untilCard("payment-api", "OPEN", "Next trial in ", "5 failures in a row");
		assertThat(page.cards()).startsWith("payment-api");
		page.until(() -> assertThat(calls(page, "payment-api", "rejected")).isGreaterThan(BUSY / 3));
		theCountdownGoesOn(page);

		open(page, "recommendations", "new shelves");
		assertThat(shop.brama().circuit("recommendations").status().state()).isEqualTo(CircuitState.OPEN);
		page.untilCard("recommendations", "OPEN", "new shelves", "Next trial in 59 min");
		picture(page, "dashboard", 580, "light");
		picture(page, "dashboard", 580, "dark");

		close(page, "recommendations", "the shelves are up");
		page.untilCard("recommendations", "CLOSED")
			.press("recommendations", "Details")
			.untilCard("recommendations", "a command: new shelves, for 1 h", "a command: the shelves are up",
					"max-attempts");
		assertThat(page.texts(".events b")).containsExactly("CLOSED", "OPEN");
		if (PICTURES != null) {
			browser.window(1280, 1080, "light");
			page.picture("recommendations", Path.of(PICTURES, "history-light.png"));
		}
		assertThat(page.complaints()).isEmpty();
	}

	private static void open(Page page, String identifier, String reason) throws IOException {
		page.press(identifier, "Open…").choose("#duration", "1 hour").type("#reason", reason);
		picture(page, "command", 640, "light");
		page.press("#confirm").untilTheDialogIsGone();
	}

	private static void close(Page page, String identifier, String reason) {
		page.press(identifier, "Close…").type("#reason", reason).press("#confirm").untilTheDialogIsGone();
	}

	/** Between two answers the page counts by itself. */
	private static void theCountdownGoesOn(Page page) {
		int before = secondsLeft(page);
		await().atMost(Duration.ofSeconds(5)).until(() -> secondsLeft(page) < before);
	}

	private static int secondsLeft(Page page) {
		return Integer.parseInt(page.card("payment-api").getText().replaceAll("(?s).*Next trial in (\\d+) s.*", "$1"));
	}

	/** So many calls of the last minute ended in that way. */
	private static int calls(Page page, String identifier, String outcome) {
		return Integer.parseInt(page.card(identifier).getText().replaceAll("(?s).*?(\\d+) " + outcome + ".*", "$1"));
	}

	private static void breakPayments() {
		RestClient.create(shop.url("/partners/payment-api/behaviour"))
			.put()
			.body(Map.of("failureRate", 1))
			.retrieve()
			.toBodilessEntity();
	}

	private static void picture(Page page, String name, int height, String scheme) throws IOException {
		if (PICTURES != null) {
			browser.window(1280, height, scheme);
			page.picture(Path.of(PICTURES, name + "-" + scheme + ".png"));
			browser.window(1280, 900, "light");
		}
	}

}
