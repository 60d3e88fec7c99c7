package io.brama.browser;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * When the dashboard asks how the circuits are, and what it makes of answers that come
 * late.
 */
class FeedTests {

	private static final String COUNTDOWN = "[data-part=countdown]";

	private static final Pattern TIME = Pattern.compile("(\\d+) (h|min|s)\\b");

	@AutoClose
	private static Browser browser;

	@AutoClose
	private static Instance instance;

	@BeforeAll
	static void start() {
		browser = Browser.start().window(1280, 900, "light");
		instance = Instance.of("management.endpoint.brama.access=unrestricted");
	}

	@AfterEach
	void forgetTheCircuits() {
		instance.forgetTheCircuits();
	}

	@Test
	void anOlderAnswerDoesNotUndoWhatACommandShowed() {
		Page page = visit();
		Wire wire = heldUp(page, "GET");
		page.press("payment-api", "Open…").press("#confirm").untilCard("payment-api", "OPEN").follow(".card .state");
		wire.letGo();
		long heard = wire.heard();
		page.until(() -> assertThat(wire.heard()).isGreaterThan(heard + 2));
		assertThat(page.followed()).containsExactly("OPEN");
	}

	@Test
	void anOlderAnswerDoesNotUndoTheSettingsThatACommandShowed() {
		Page page = visit().press("payment-api", "Details").untilCard("payment-api", "max-attempts");
		Wire wire = heldUp(page, "identifier=");
		page.press("payment-api", "Change settings…");
		page.find("#value").clear();
		page.type("#value", "7").press("#confirm").untilTheDialogIsGone();
		page.until(() -> assertThat(page.texts("#cards td").get(0)).isEqualTo("7")).follow("#cards td");
		wire.letGo();
		long heard = wire.heard();
		page.until(() -> assertThat(wire.heard()).isGreaterThan(heard + 3));
		assertThat(page.followed()).containsExactly("7");
	}

	@Test
	void theCountdownBeginsWithTheAnswerOfTheCommand() {
		Page page = visit();
		Wire wire = heldUp(page, "GET");
		page.until(() -> assertThat(wire.silence()).isGreaterThan(5000));
		page.press("payment-api", "Open…")
			.choose("#duration", "1 hour")
			.press("#confirm")
			.untilCard("payment-api", "Next trial in 59 min");
		List<?> shownAndSilence = (List<?>) page
			.ask("[document.querySelector('" + COUNTDOWN + "').textContent, Math.round(performance.now() - wire.at)]");
		long silence = ((Number) shownAndSilence.get(1)).longValue() / 1000;
		assertThat(3600 - seconds((String) shownAndSilence.get(0))).isCloseTo(silence, within(2L));
	}

	@Test
	void theCountdownOnlyGoesDownWhateverElseThePageShows() {
		Page page = visit();
		instance.brama().open("payment-api", because("maintenance").forDuration(Duration.ofHours(1)));
		page.untilCard("payment-api", "Next trial in 59 min");
		Wire wire = heldUp(page, "GET");
		page.until(() -> assertThat(wire.silence()).isGreaterThan(3000)).follow(COUNTDOWN);
		page.type("#text", "pay").until(() -> assertThat(page.followed()).hasSizeGreaterThan(3));
		assertThat(page.followed().stream().map(FeedTests::seconds)).isSortedAccordingTo(Comparator.reverseOrder());
	}

	@Test
	void whoLooksAwayIsShownHowItIsOnceBack() {
		Page page = visit();
		Wire wire = page.wire();
		page.until(() -> assertThat(wire.heard()).isPositive());
		page.turn("hidden").until(() -> assertThat(wire.heard()).isEqualTo(wire.asked()));
		long asked = wire.asked();
		instance.brama().open("payment-api", because("maintenance"));
		await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> wire.asked() == asked);
		page.untilCard("payment-api", "CLOSED");
		assertThat(page.turn("visible").ask("wire.asked")).isEqualTo(asked + 1);
		page.untilCard("payment-api", "OPEN");
		page.until(() -> assertThat(wire.asked()).isGreaterThan(asked + 2));
	}

	@Test
	void whoPausesAndLooksBackIsStillShownNothingNew() {
		Page page = visit();
		Wire wire = page.wire();
		page.press("#pause").until(() -> assertThat(wire.heard()).isEqualTo(wire.asked()));
		long asked = wire.asked();
		page.turn("hidden").turn("visible");
		assertThat(wire.asked()).isEqualTo(asked);
	}

	@Test
	void anAnswerOfWhichTheRestIsLateIsNone() {
		Page page = visit();
		page.wire().breakOff("GET");
		page.until(() -> page.assertThatText("#alarm")
			.startsWith("No answer since ")
			.contains("The application did not answer."));
	}

	@Test
	void anAnswerThatComesAfterThePauseIsNotShown() {
		Page page = visit().press("#pause");
		instance.brama().open("payment-api", because("maintenance"));
		Wire wire = page.wire().hold("GET");
		page.press("#pause").until(() -> assertThat(wire.held()).isEqualTo(1));
		page.press("#pause").follow(".card .state");
		wire.letGo();
		page.until(() -> assertThat(wire.heard()).isEqualTo(wire.asked()));
		assertThat(page.followed()).containsExactly("CLOSED");
	}

	private static Page visit() {
		instance.brama().circuit("payment-api").success();
		return browser.visit(instance.dashboard()).untilCard("payment-api", "CLOSED");
	}

	/** From now on an answer of that kind is on its way and does not arrive. */
	private static Wire heldUp(Page page, String request) {
		Wire wire = page.wire().hold(request);
		page.until(() -> assertThat(wire.held()).isPositive());
		return wire;
	}

	private static long seconds(String countdown) {
		Matcher time = TIME.matcher(countdown);
		return time.results().mapToLong((part) -> Long.parseLong(part.group(1)) * switch (part.group(2)) {
			case "h" -> 3600;
			case "min" -> 60;
			default -> 1;
		}).sum();
	}

}
