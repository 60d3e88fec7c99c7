package io.brama;

import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps Brama from writing its log during tests that move circuits thousands of times.
 */
final class Silence implements BeforeEachCallback, AfterEachCallback {

	private static final Logger LOG = Logger.getLogger("io.brama");

	@Override
	public void beforeEach(ExtensionContext context) {
		LOG.setLevel(Level.OFF);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		LOG.setLevel(null);
	}

}
