package io.brama.sample.partner;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import tools.jackson.databind.JsonNode;

/**
 * A simulated system: what it does when it is well, how well it is, and how many requests
 * reached it.
 */
final class Partner {

	private final String name;

	private final Function<JsonNode, Reply> work;

	private final AtomicLong requests = new AtomicLong();

	private volatile Behaviour behaviour = Behaviour.WELL;

	Partner(String name, Function<JsonNode, Reply> work) {
		this.name = name;
		this.work = work;
	}

	String name() {
		return this.name;
	}

	void behave(Behaviour behaviour) {
		this.behaviour = behaviour;
	}

	Reply answer(JsonNode request) {
		this.requests.incrementAndGet();
		Behaviour current = this.behaviour;
		think(current.latencyMillis());
		return current.fails(ThreadLocalRandom.current().nextDouble())
				? Reply.error(current.status(), this.name + " is not well").retryAfter(current.retryAfterSeconds())
				: this.work.apply(request);
	}

	private static void think(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	View view() {
		return new View(this.name, this.requests.get(), this.behaviour);
	}

	/**
	 * A partner as it is shown.
	 *
	 * @param name its name
	 * @param requests how many requests reached it
	 * @param behaviour how well it is
	 */
	record View(String name, long requests, Behaviour behaviour) {
	}

}
