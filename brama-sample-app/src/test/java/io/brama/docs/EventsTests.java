package io.brama.docs;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.brama.Brama;
import io.brama.BramaEvent;
import io.brama.BramaEvent.Failure;
import io.brama.BramaEvent.StateChanged;
import io.brama.CircuitState;
import io.brama.Delivery;
import io.brama.EventFilter;
import io.brama.Subscription;
import io.brama.TransitionCause;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

import static io.brama.Command.because;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * docs/events.md names every event with its type and fields and no other, and its
 * snippets do what it says.
 */
class EventsTests {

	private static final Path PAGE = Pages.ROOT.resolve("docs/events.md");

	private static final Set<String> OF_ALL_EVENTS = Set.of("timestamp", "connection", "sequence");

	private static final Pattern NAME = Pattern.compile("`(\\w+)`");

	private final List<String> calls = new ArrayList<>();

	private final Pager pager = this.calls::add;

	@Test
	void theFirstTableHasEveryEventWithItsTypeAndFields() {
		Map<String, List<String>> documented = new LinkedHashMap<>();
		rows("## All events", 4).forEach((row) -> {
			List<String> typeAndFields = new ArrayList<>(names(row.get(1)));
			typeAndFields.addAll(names(row.get(3)));
			documented.put(names(row.get(0)).get(0), typeAndFields);
		});
		Map<String, List<String>> real = new LinkedHashMap<>();
		for (Class<?> event : BramaEvent.class.getPermittedSubclasses()) {
			List<String> typeAndFields = new ArrayList<>(List.of(typeOf(event).name()));
			ownFields(event).forEach(typeAndFields::add);
			real.put(event.getSimpleName(), typeAndFields);
		}
		assertThat(documented).containsExactlyInAnyOrderEntriesOf(real);
	}

	@Test
	void everyFieldIsExplained() {
		List<String> explained = rows("## Fields", 3).flatMap((row) -> names(row.get(0)).stream()).toList();
		assertThat(explained)
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(BramaEvent.class.getPermittedSubclasses())
				.flatMap(EventsTests::ownFields)
				.collect(Collectors.toSet()));
	}

	@Test
	void everyCauseIsExplained() {
		List<String> explained = rows("| `cause` | The circuit |", 2).flatMap((row) -> names(row.get(0)).stream())
			.toList();
		assertThat(explained)
			.containsExactlyElementsOf(Arrays.stream(TransitionCause.values()).map(Enum::name).toList());
	}

	@Test
	void aSubscriberIsToldOfOpenings() {
		Brama brama = Brama.builder().delivery(Delivery.DIRECT).build();
		Pager pager = this.pager;
		Subscription subscription = brama.subscribe(EventFilter.types(BramaEvent.Type.STATE_CHANGE).scope("payments"),
				(event) -> {
					if (event instanceof StateChanged change && change.next() == CircuitState.OPEN) {
						pager.call(change.connection() + " is open: " + change.reason());
					}
				});
		brama.register("payment-api", (options) -> options.scope("payments")).open(because("maintenance"));
		brama.register("inventory").open(because("maintenance"));
		subscription.close();
		assertThat(this.calls).singleElement().asString().contains("payment-api", "is open: maintenance");
	}

	@Test
	void aFilterMayHaveAPredicate() {
		Brama brama = Brama.builder().delivery(Delivery.DIRECT).build();
		List<BramaEvent> timeouts = new ArrayList<>();
		brama.subscribe(
				EventFilter.types(BramaEvent.Type.FAILURE).connection("payment-api").where((event) -> isTimeout(event)),
				timeouts::add);
		brama.circuit("payment-api").failure("timeout");
		brama.circuit("payment-api").failure("refused");
		assertThat(timeouts).hasSize(1);
	}

	@Test
	void springListenersAreToldOfWhatTheirParameterNames() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.config.name=none", "brama.events.delivery=direct")
			.initializers((application) -> application.getBeanFactory().registerSingleton("pager", this.pager))
			.run()) {
			Brama brama = context.getBean(Brama.class);
			brama.register("payment-api", (options) -> options.scope("payments")).open(because("maintenance"));
			brama.register("inventory").open(because("maintenance"));
		}
		assertThat(this.calls).hasSize(3)
			.filteredOn((call) -> call.contains("until"))
			.singleElement()
			.asString()
			.contains("payment-api");
	}

	private static boolean isTimeout(BramaEvent event) {
		return event instanceof Failure failure && failure.reason().equals("timeout");
	}

	/** The rows of the first table with so many columns that follows some text. */
	private static Stream<List<String>> rows(String text, int columns) {
		String page = Pages.read(PAGE);
		return page.substring(page.indexOf(text))
			.lines()
			.dropWhile((line) -> !line.startsWith("|---"))
			.skip(1)
			.takeWhile((line) -> line.startsWith("|"))
			.map((line) -> List.of(line.substring(1).split("\\|")))
			.filter((row) -> row.size() == columns);
	}

	private static List<String> names(String cell) {
		return NAME.matcher(cell).results().map((MatchResult name) -> name.group(1)).toList();
	}

	private static Stream<String> ownFields(Class<?> event) {
		return Arrays.stream(event.getRecordComponents())
			.map(RecordComponent::getName)
			.filter((name) -> !OF_ALL_EVENTS.contains(name));
	}

	/** The type of an event that knows nothing else. */
	private static BramaEvent.Type typeOf(Class<?> event) {
		try {
			Constructor<?> constructor = event.getDeclaredConstructors()[0];
			Object[] nothing = Arrays.stream(constructor.getParameterTypes())
				.map((type) -> Array.get(Array.newInstance(type, 1), 0)) // 0, false or
																			// null
				.toArray();
			return ((BramaEvent) constructor.newInstance(nothing)).type();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Calls people at night. */
	interface Pager {

		void call(String message);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(OnCall.class)
	static class Application {

	}

	static class OnCall {

		private final Pager pager;

		OnCall(Pager pager) {
			this.pager = pager;
		}

		// @formatter:off
		@EventListener
		void on(StateChanged change) {
			pager.call(change.connection() + " is " + change.next());
		}

		@EventListener(condition = "#change.next().name() == 'OPEN' and #change.scope() == 'payments'")
		void onOpening(StateChanged change) {
			pager.call(change.connection() + " is open until " + change.until());
		}
		// @formatter:on

	}

}
