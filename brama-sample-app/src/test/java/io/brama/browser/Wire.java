package io.brama.browser;

import org.openqa.selenium.JavascriptExecutor;

/**
 * What goes between a page and its application, in the hands of a test: answers can be
 * held up on their way, broken off, or lost.
 */
final class Wire {

	private static final String TAP = """
			const real = window.fetch;
			window.wire = { asked: 0, heard: 0, held: [], at: performance.now() };
			window.fetch = async (address, options = {}) => {
			  const request = `${options.method ?? 'GET'} ${address}`;
			  wire.asked++;
			  const answer = await real(address, options);
			  if (wire.losing && request.includes(wire.losing)) {
			    throw new TypeError('lost');
			  }
			  if (wire.breaking && request.includes(wire.breaking)) {
			    const late = new DOMException('late', 'TimeoutError');
			    return new Response(new ReadableStream({ start: (body) => body.error(late) }), answer);
			  }
			  const whole = new Response(await answer.text(), answer);
			  if (wire.holding && request.includes(wire.holding)) {
			    await new Promise((release) => wire.held.push(release));
			  }
			  wire.at = performance.now();
			  setTimeout(() => wire.heard++);
			  return whole;
			};
			""";

	private final JavascriptExecutor page;

	Wire(JavascriptExecutor page) {
		this.page = page;
		page.executeScript(TAP);
	}

	/**
	 * From now on answers do not arrive if this is in the method or address of the
	 * request.
	 */
	Wire hold(String request) {
		this.page.executeScript("wire.holding = arguments[0]", request);
		return this;
	}

	/**
	 * From now on answers are lost if this is in the method or address of the request.
	 */
	Wire lose(String request) {
		this.page.executeScript("wire.losing = arguments[0]", request);
		return this;
	}

	/**
	 * From now on answers begin and their rest is late if this is in the method or
	 * address of the request.
	 */
	Wire breakOff(String request) {
		this.page.executeScript("wire.breaking = arguments[0]", request);
		return this;
	}

	/** Let all answers arrive. */
	void letGo() {
		this.page.executeScript("delete wire.holding; wire.held.splice(0).forEach((release) => release())");
	}

	/** How many answers are held up. */
	long held() {
		return number("wire.held.length");
	}

	/** How many requests there were. */
	long asked() {
		return number("wire.asked");
	}

	/** How many answers arrived. */
	long heard() {
		return number("wire.heard");
	}

	/** How many milliseconds ago an answer arrived. */
	long silence() {
		return number("Math.round(performance.now() - wire.at)");
	}

	private long number(String script) {
		Object number = this.page.executeScript("return " + script);
		return (number instanceof Number found) ? found.longValue() : -1;
	}

}
