package io.brama.browser;

import java.time.Duration;
import java.util.List;

import io.brama.Circuit;
import io.brama.CircuitConfig;
import io.brama.CircuitState;
import io.brama.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator tells circuits to do in the dialog of the dashboard.
 */
class CommandTests {

	@AutoClose
	private static Browser browser;

	@AutoClose
	private static Instance instance;

	@BeforeAll
	static void start() {
		browser = Browser.start().window(1280, 900, "light");
		instance = Instance.of("management.endpoint.brama.access=unrestricted", "brama.max-attempts=5",
				"brama.connections.odd.expiry=1500ms", "brama.connections.odd.max-expiry=36h",
				"brama.connections.odd.backoff-reset-after=0s", "brama.connections.odd.jitter=0.25",
				"brama.connections.odd.failure-rate.threshold=33.3%", "brama.connections.odd.failure-rate.window=90s",
				"brama.connections.odd.slow-calls.duration=2m", "brama.connections.odd.half-open.trial-timeout=7d",
				"brama.connections.odd.ignore-exceptions=java.io.IOException,java.lang.IllegalStateException");
	}

	@AfterEach
	void forgetTheCircuits() {
		instance.forgetTheCircuits();
	}

	@Test
	void aCircuitIsOpenedWithTheKeyboardAlone() {
		instance.brama().circuit("payment-api").success();
		Page page = visit().untilCard("payment-api", "CLOSED");
		page.type(".card [data-command='open']", Keys.ENTER)
			.type("#reason", "maintenance", Keys.TAB, Keys.TAB, Keys.ENTER)
			.untilTheDialogIsGone()
			.untilCard("payment-api", "OPEN", "maintenance");
		assertThat(page.ask("document.activeElement.dataset.command")).isEqualTo("open");
	}

	@Test
	void whoClosesACircuitWithTheKeyboardKeepsTheirPlace() {
		instance.brama().circuit("payment-api").success();
		instance.brama().open("payment-api", because("maintenance"));
		Page page = visit().untilCard("payment-api", "OPEN");
		page.type(".card [data-command='close']", Keys.ENTER)
			.type("#reason", "done", Keys.ENTER)
			.untilCard("payment-api", "CLOSED");
		assertThat(page.ask("document.activeElement.dataset.command")).isEqualTo("open");
	}

	@Test
	void aCommandThatIsNotConfirmedIsNotGiven() {
		instance.brama().circuit("payment-api").success();
		Page page = visit().untilCard("payment-api", "CLOSED");
		page.press("payment-api", "Open…").type("#reason", "a mistake", Keys.ESCAPE).untilTheDialogIsGone();
		page.press("payment-api", "Reset…").press("#cancel").untilTheDialogIsGone();
		assertThat(instance.brama().circuit("payment-api").status().state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void aCircuitIsResetAndItsModeChanged() {
		instance.brama().circuit("payment-api").failure("down");
		Page page = visit().untilCard("payment-api", "CLOSED", "1 of 5");
		page.press("payment-api", "Mode…")
			.press("#field-mode [value='observe']")
			.press("#confirm")
			.untilCard("payment-api", "observed only: nothing is rejected");
		assertThat(instance.brama().circuit("payment-api").status().mode()).isEqualTo(Mode.OBSERVE);
		page.press("payment-api", "Reset…").press("#confirm").untilCard("payment-api", "NO CALL YET");
	}

	@Test
	void aTimeThatMakesNoSenseIsExplained() {
		instance.brama().circuit("payment-api").success();
		Page page = visit().untilCard("payment-api", "CLOSED");
		page.press("payment-api", "Open…").choose("#duration", "another time …").type("#other", "40000d");
		page.press("#confirm")
			.until(() -> page.assertThatText("#problem").contains("expiresIn must be a time from 1ms to 36525d"));
		page.find("#other").clear();
		page.type("#other", "90s").press("#confirm").untilCard("payment-api", "OPEN", "Next trial in 1 min");
	}

	@Test
	void whoOpensACircuitThatRejectsNothingIsToldSo() {
		instance.brama().circuit("payment-api").mode(Mode.OBSERVE, because("a test"));
		Page page = visit().untilCard("payment-api", "observed only").press("payment-api", "Open…");
		page.assertThatText("#dialog-effect").endsWith("But this one is observed only: nothing is rejected.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1m", "40000d" })
	void theAnswerToACommandThatNobodyWaitsForLeavesTheNextAlone(String duration) {
		instance.brama().circuit("payment-api").success();
		instance.brama().circuit("inventory").success();
		Page page = visit().untilCard("payment-api", "CLOSED");
		Wire wire = page.wire().hold("POST");
		page.press("payment-api", "Open…").choose("#duration", "another time …").type("#other", duration);
		page.press("#confirm").until(() -> assertThat(wire.held()).isEqualTo(1));
		page.press("#cancel").untilTheDialogIsGone().press("inventory", "Reset…");
		assertThat(page.find("#confirm").isEnabled()).isTrue();
		long heard = wire.heard();
		wire.letGo();
		page.until(() -> assertThat(wire.heard()).isGreaterThan(heard + 1));
		page.assertThatText("#dialog-title").isEqualTo("Reset inventory?");
		assertThat(page.find("#problem").isDisplayed()).isFalse();
	}

	@Test
	void whoHearsNothingOfACommandLearnsWhereToLook() {
		instance.brama().circuit("payment-api").success();
		Page page = visit().untilCard("payment-api", "CLOSED");
		page.wire().lose("POST");
		page.press("payment-api", "Open…").press("#confirm");
		page.until(() -> page.assertThatText("#problem")
			.isEqualTo("The application did not answer. "
					+ "Whether the circuit obeyed shows on its card, once that is up to date."));
		page.untilCard("payment-api", "OPEN");
		assertThat(page.find("#confirm").isEnabled()).isTrue();
	}

	@Test
	void aSettingIsChanged() {
		Circuit circuit = instance.brama().circuit("payment-api");
		Page page = changeASetting("payment-api").choose("#option", "expiry");
		page.assertThatText("#now").isEqualTo("Now 1 min, set by: built-in");
		assertThat(page.find("#value").getDomProperty("value")).isEqualTo("1m");
		page.find("#value").clear();
		page.type("#value", "90s").type("#reason", "too nervous").press("#confirm").untilTheDialogIsGone();
		assertThat(circuit.status().config().expiry()).isEqualTo(Duration.ofSeconds(90));
		page.untilCard("payment-api", "expiry 1 min 30 s command (too nervous)");
	}

	@Test
	void aSettingIsChangedWithTheKeyboardAlone() {
		Circuit circuit = instance.brama().circuit("payment-api");
		Page page = changeASetting("payment-api");
		assertThat(page.ask("document.activeElement.id")).isEqualTo("option");
		page.type("#option", Keys.TAB)
			.type("#value", Keys.chord(Keys.CONTROL, "a"), "7", Keys.TAB, "calm", Keys.TAB, Keys.TAB, Keys.ENTER)
			.untilTheDialogIsGone();
		assertThat(circuit.status().config().maxAttempts()).isEqualTo(7);
		page.untilCard("payment-api", "command (calm)");
		assertThat(page.ask("document.activeElement.dataset.command")).isEqualTo("configure");
	}

	@Test
	void aValueThatMakesNoSenseIsExplainedBesideIt() {
		Circuit circuit = instance.brama().circuit("payment-api");
		Page page = changeASetting("payment-api");
		page.find("#value").clear();
		page.type("#value", "many").press("#confirm");
		page.until(() -> page.assertThatText("#field-value #refused")
			.isEqualTo(
					"Property max-attempts is not valid: must be a whole number from 1 to 1000000 or off, was 'many'"));
		assertThat(page.find("#value").getDomAttribute("aria-invalid")).isEqualTo("true");
		assertThat(page.ask("document.activeElement.id")).isEqualTo("value");
		assertThat(page.find("#problem").isDisplayed()).isFalse();
		assertThat(page.barriers()).isEmpty();
		assertThat(circuit.status().config().maxAttempts()).isEqualTo(5);
		page.choose("#option", "jitter");
		assertThat(page.find("#refused").isDisplayed()).isFalse();
	}

	@Test
	void everySettingIsOfferedInAFormInWhichItCanBeGiven() {
		CircuitConfig before = instance.brama().circuit("odd").status().config();
		Page page = changeASetting("odd");
		List<String> options = page.texts("#option option");
		assertThat(options).containsExactlyElementsOf(before.settings().keySet());
		page.press("#cancel").untilTheDialogIsGone();
		for (String option : options) {
			page.press("odd", "Change settings…").choose("#option", option).press("#confirm").untilTheDialogIsGone();
		}
		CircuitConfig after = instance.brama().circuit("odd").status().config();
		after.settings().forEach((option, setting) -> {
			assertThat(setting.origin()).as(option).startsWith("command");
			assertThat(setting.value()).as(option).isEqualTo(before.settings().get(option).value());
		});
	}

	private static Page changeASetting(String identifier) {
		instance.brama().circuit(identifier).success();
		return visit().untilCard(identifier, "CLOSED")
			.press(identifier, "Details")
			.untilCard(identifier, "max-attempts")
			.press(identifier, "Change settings…");
	}

	private static Page visit() {
		return browser.visit(instance.dashboard());
	}

}
