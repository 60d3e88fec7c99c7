package io.brama.browser;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.Circuit;
import io.brama.ConnectionId;
import io.brama.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the dashboard shows and does, circuit by circuit.
 */
class DashboardTests {

	@AutoClose
	private static Browser browser;

	@AutoClose
	private static Instance instance;

	@BeforeAll
	static void start() {
		browser = Browser.start().window(1280, 900, "light");
		instance = Instance.of("management.endpoint.brama.access=unrestricted", "brama.failure-rate.threshold=50%",
				"brama.failure-rate.minimum-calls=6", "brama.max-attempts=5", "brama.connections.trial.expiry=1ms",
				"brama.connections.trial.half-open.trial-calls=3",
				"brama.connections.trial.half-open.successes-to-close=2",
				"brama.connections.trial.half-open.trial-timeout=1h");
	}

	@AfterEach
	void forgetTheCircuits() {
		instance.forgetTheCircuits();
		browser.window(1280, 900, "light");
	}

	@Test
	void theWorstComesFirst() {
		aCircuitInEveryState();
		Page page = visit().untilCard("well", "CLOSED");
		assertThat(page.cards()).containsExactly("broken", "maintained", "trial", "failing", "observed", "well", "new");
		page.untilCard("broken", "OPEN", "5 failures in a row", "Next trial in ")
			.untilCard("maintained", "OPEN", "A command by alice: new disks", "Stays open until somebody closes it")
			.untilCard("trial", "HALF OPEN", "0 of 2 trials succeeded, 1 under way")
			.untilCard("failing", "CLOSED", "2 of 5", "33.3 %, opens at 50 %")
			.untilCard("observed", "observed only: nothing is rejected", "A command: a test")
			.untilCard("well", "counts from 6 calls, 1 so far")
			.untilCard("new", "NO CALL YET");
		assertThat(page.texts(".chip")).containsExactly("2 OPEN", "1 HALF OPEN", "3 CLOSED", "1 NO CALL YET");
		page.until(() -> assertThat(page.ask("document.title")).isEqualTo("2 open · Circuits of shop"));
		page.assertThatText("#place").startsWith("This instance only (localhost:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<img src=x onerror=\"document.title='hacked'\">", "</h3><script>alert(1)</script>",
			"\"quoted\" & 'so'", "with/slash\\and..", "支払い 💸", "${7*7} {{7*7}}" })
	void aNameIsTextWhateverItSays(String name) {
		Circuit circuit = instance.brama().circuit(ConnectionId.of(name).withScope(name));
		circuit.open(because(name).by(name));
		Page page = visit().untilCard(name, "OPEN", "A command by " + name + ": " + name);
		page.press(name, "Close…").assertThatText("#dialog-title").isEqualTo("Close " + name + "?");
		page.type("#reason", "it works").press("#confirm").untilTheDialogIsGone();
		circuit.success();
		page.press(name, "Details")
			.untilCard(name, "CLOSED", "a command: it works", "a command by " + name + ": " + name);
		assertThat(page.ask("document.querySelectorAll('main img, main script').length")).isEqualTo(0L);
		assertThat(page.complaints()).isEmpty();
	}

	@Test
	void callsOfTheLastMinuteAreTheDifferencesBetweenAnswersAlsoAfterAReset() {
		Brama brama = instance.brama();
		IntStream.range(0, 5000).forEach((call) -> brama.circuit("payment-api").success());
		Page page = visit().untilCard("payment-api", "0 ok", "5,000 calls in total");
		IntStream.range(0, 7).forEach((call) -> brama.circuit("payment-api").success());
		page.untilCard("payment-api", "7 ok");
		brama.reset("payment-api", because("a test"));
		brama.circuit("payment-api").success();
		page.untilCard("payment-api", "8 ok", "1 call in total");
	}

	@Test
	void aCircuitThatOpenedAgainSaysHowOften() {
		Circuit trial = instance.brama().circuit("trial");
		fail(instance.brama(), "trial", 5);
		await().until(() -> {
			trial.failure("no answer");
			return trial.status().consecutiveOpenings() == 2;
		});
		visit().untilCard("trial", "HALF OPEN", ", opened 2 times in a row");
	}

	@Test
	void aCircuitThatMakesTrialsSaysWhyItOpened() {
		Circuit trial = instance.brama().circuit("trial");
		fail(instance.brama(), "trial", 5);
		await().until(() -> trial.tryAcquire() != null);
		Page page = visit().untilCard("trial", "HALF OPEN",
				"Opened by 5 failures in a row: no answer. The expiry was over");
		assertThat(page.card("trial").getText()).containsOnlyOnce("no answer");
	}

	@Test
	void aCircuitThatRejectsNothingSaysSo() {
		Brama brama = instance.brama();
		Stream.of(Mode.values()).forEach((mode) -> {
			fail(brama, mode.name(), 5);
			brama.circuit(mode.name()).mode(mode, because("a test"));
		});
		fail(brama, "failing", 1);
		Page page = visit().untilCard("ENFORCE", "OPEN", "Next trial in ")
			.untilCard("OBSERVE", "observed only: nothing is rejected", "Would try again in ")
			.untilCard("OFF", "off: calls are not watched");
		assertThat(page.cards()).containsExactly("ENFORCE", "OBSERVE", "failing", "OFF");
		assertThat(page.card("OFF").getText()).doesNotContain("Next trial", "Would try");
		assertThat(page.card("ENFORCE").getText()).doesNotContain("observed", "off:");
	}

	@Test
	void theFilterIsKeptInTheAddress() {
		aCircuitInEveryState();
		Page page = visit().untilCard("well", "CLOSED");
		page.type("#text", "ai").until(() -> assertThat(page.cards()).containsExactly("maintained", "failing"));
		page.press(".chip[data-state='OPEN']").until(() -> assertThat(page.cards()).containsExactly("maintained"));
		assertThat(page.address()).endsWith("#text=ai&state=OPEN");
		page.again().until(() -> assertThat(page.cards()).containsExactly("maintained"));
		page.type("#text", "xyz").until(() -> page.assertThatText("#nothing").contains("No circuit matches"));
	}

	@Test
	void whoPausesSeesNothingNew() {
		instance.brama().circuit("payment-api").success();
		Page page = visit().untilCard("payment-api", "CLOSED").press("#pause");
		page.until(() -> page.assertThatText("#feed-state").startsWith("paused since "));
		long asked = asked(page);
		instance.brama().open("payment-api", because("maintenance"));
		await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> asked(page) == asked);
		page.untilCard("payment-api", "CLOSED").press("#pause").untilCard("payment-api", "OPEN");
	}

	@Test
	void withoutCircuitsThePageSaysSo() {
		Page page = visit();
		page.until(() -> page.assertThatText("#nothing").startsWith("This instance has no circuits yet."));
	}

	@Test
	void aThousandCircuitsStayUsable() {
		Brama brama = instance.brama();
		IntStream.range(0, 1000).forEach((number) -> brama.circuit("bank-%03d".formatted(number)).success());
		brama.open("bank-500", because("maintenance"));
		Page page = visit().untilCard("bank-500", "OPEN");
		assertThat(page.cards()).containsExactly("bank-500");
		page.assertThatText("#well-title").isEqualTo("999 circuits without trouble");
		assertThat(page.texts(".row-name")).hasSize(100).startsWith("bank-000", "bank-001");
		page.press("#more-rows").until(() -> assertThat(page.texts(".row-name")).hasSize(200));
		page.type("#text", "bank-7").until(() -> assertThat(page.texts(".row-name")).hasSize(100));
		page.press(".row").untilCard("bank-700", "CLOSED").press("bank-700", "Back to the list");
		page.until(() -> assertThat(page.cards()).isEmpty());
		page.type("#text", "7").until(() -> assertThat(page.cards()).hasSize(10));
		assertThat(page.barriers()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1280, light", "1280, dark", "380, light", "380, dark" })
	void nobodyIsShutOut(int width, String scheme) {
		aCircuitInEveryState();
		browser.window(width, 900, scheme);
		Page page = visit().untilCard("well", "CLOSED");
		page.press("broken", "Details").untilCard("broken", "max-attempts");
		assertThat(page.barriers()).isEmpty();
		assertThat(page.ask("document.documentElement.scrollWidth - innerWidth")).isEqualTo(0L);
		for (String button : List.of("Open…", "Mode…", "Change settings…")) {
			page.press("broken", button).until(() -> assertThat(page.find("#dialog").isDisplayed()).isTrue());
			assertThat(page.barriers()).as(button).isEmpty();
			assertThat(page.ask("document.getElementById('dialog').scrollWidth - innerWidth")).as(button)
				.satisfies((beyond) -> assertThat((Long) beyond).isNegative());
			page.press("#cancel").untilTheDialogIsGone();
		}
	}

	private static void aCircuitInEveryState() {
		Brama brama = instance.brama();
		fail(brama, "broken", 5);
		brama.circuit("trial").open(because("a test"));
		await().until(() -> brama.circuit("trial").tryAcquire() != null);
		brama.circuit("maintained").open(because("new disks").untilToldOtherwise().by("alice"));
		IntStream.range(0, 4).forEach((call) -> brama.circuit("failing").success());
		fail(brama, "failing", 2);
		brama.circuit("observed").success();
		brama.circuit("observed").mode(Mode.OBSERVE, because("a test"));
		brama.circuit("well").success();
		brama.circuit("new");
	}

	private static void fail(Brama brama, String identifier, int times) {
		IntStream.range(0, times).forEach((call) -> brama.circuit(identifier).failure("no answer"));
	}

	private static long asked(Page page) {
		return (Long) page.ask("performance.getEntriesByType('resource').length");
	}

	private static Page visit() {
		return browser.visit(instance.dashboard());
	}

}
