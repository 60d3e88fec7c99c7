package io.brama.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import org.assertj.core.api.AbstractStringAssert;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The dashboard as one sees and uses it.
 */
final class Page {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ChromeDriver driver;

	Page(ChromeDriver driver) {
		this.driver = driver;
	}

	/** Wait until something is true. */
	Page until(ThrowingRunnable assertion) {
		await().atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(100))
			.ignoreException(StaleElementReferenceException.class)
			.ignoreException(NoSuchElementException.class)
			.untilAsserted(assertion);
		return this;
	}

	/** Wait until the card of a circuit shows all these texts. */
	Page untilCard(String identifier, String... texts) {
		return until(() -> assertThat(card(identifier).getText()).contains(texts));
	}

	/** Found in one step, because the page may change between two. */
	WebElement card(String identifier) {
		Object found = this.driver.executeScript("return [...document.querySelectorAll('.card')]"
				+ ".find((card) => card.querySelector('h3').textContent === arguments[0])", identifier);
		if (found instanceof WebElement card) {
			return card;
		}
		throw new NoSuchElementException("no card of " + identifier);
	}

	List<String> cards() {
		return texts(".card h3");
	}

	List<String> texts(String selector) {
		Object found = this.driver.executeScript("return [...document.querySelectorAll(arguments[0])]"
				+ ".map((part) => part.innerText.trim().replace(/\\s+/g, ' '))", selector);
		return ((List<?>) found).stream().map(String.class::cast).toList();
	}

	AbstractStringAssert<?> assertThatText(String selector) {
		return assertThat(find(selector).getText());
	}

	WebElement find(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	Page press(String selector) {
		find(selector).click();
		return this;
	}

	/** Press a button of a card by what it says. */
	Page press(String identifier, String button) {
		card(identifier).findElements(By.tagName("button"))
			.stream()
			.filter((candidate) -> candidate.getText().startsWith(button))
			.findFirst()
			.orElseThrow()
			.click();
		return this;
	}

	Page type(String selector, CharSequence... text) {
		find(selector).sendKeys(text);
		return this;
	}

	Page choose(String selector, String option) {
		find(selector).findElements(By.tagName("option"))
			.stream()
			.filter((candidate) -> candidate.getText().equals(option))
			.findFirst()
			.orElseThrow()
			.click();
		return this;
	}

	Page untilTheDialogIsGone() {
		return until(() -> assertThat(find("#dialog").isDisplayed()).isFalse());
	}

	Object ask(String script) {
		return this.driver.executeScript("return " + script);
	}

	/** What the browser complained about since it was last asked. */
	List<String> complaints() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().equals(Level.SEVERE))
			.map(Object::toString)
			.toList();
	}

	List<Rule> barriers() {
		return new AxeBuilder().analyze(this.driver).getViolations();
	}

	String address() {
		return this.driver.getCurrentUrl();
	}

	Page again() {
		this.driver.navigate().refresh();
		return this;
	}

	void picture(Path file) throws IOException {
		save(this.driver, file);
	}

	void picture(String identifier, Path file) throws IOException {
		save(card(identifier), file);
	}

	private static void save(TakesScreenshot shown, Path file) throws IOException {
		Files.createDirectories(file.getParent());
		Files.write(file, shown.getScreenshotAs(OutputType.BYTES));
	}

}
