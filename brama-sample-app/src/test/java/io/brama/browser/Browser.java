package io.brama.browser;

import java.io.File;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A Chromium without a window. Where it is missing the tests are skipped, unless the
 * property {@code browser} is {@code required}.
 */
final class Browser implements AutoCloseable {

	private static final File CHROMIUM = new File("/usr/bin/chromium");

	private static final File DRIVER = new File("/usr/bin/chromedriver");

	private final ChromeDriver driver;

	private Browser(ChromeDriver driver) {
		this.driver = driver;
	}

	static Browser start() {
		if (!"required".equals(System.getProperty("browser"))) {
			Assumptions.assumeTrue(CHROMIUM.exists() && DRIVER.exists(), "there is no chromium with a chromedriver");
		}
		ChromeOptions options = new ChromeOptions();
		options.setBinary(CHROMIUM);
		options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
				"--hide-scrollbars", "--lang=en");
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build();
		return new Browser(new ChromeDriver(service, options));
	}

	/** A window of that size, in a light or a dark room. */
	Browser window(int width, int height, String scheme) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
		return this;
	}

	Page visit(String address) {
		this.driver.get("about:blank");
		Page page = new Page(this.driver);
		page.complaints(); // those of the page before
		this.driver.get(address);
		return page;
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
