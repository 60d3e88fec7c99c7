package io.brama.spring.annotation;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.reactivex.rxjava3.core.Single;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a return type tells, with and without the libraries that help to observe it.
 */
class ShapeTests {

	@ParameterizedTest
	@CsvSource({ "text, PLAIN, false", "stage, STAGE, false", "completable, STAGE, false", "future, FUTURE, false",
			"mono, MONO, false", "flux, FLUX, false", "flow, ADAPTED, false", "single, ADAPTED, false",
			"own, PLAIN, true" })
	void theReturnTypeTells(String method, Shape shape, boolean blind) {
		Method found = method(Returns.class, method);
		assertThat(Shape.of(found, Returns.class)).isEqualTo(shape);
		assertThat(Shape.of(found, Returns.class).isBlind(found, Returns.class)).isEqualTo(blind);
	}

	@ParameterizedTest
	@CsvSource({ "text, PLAIN, false", "completable, STAGE, false", "future, FUTURE, false", "flow, PLAIN, true",
			"single, PLAIN, true" })
	@Tag("T69")
	void withoutReactorOtherPublishersCannotBeObserved(String method, String shape, boolean blind) throws Exception {
		assertWithout("reactor", "ShapeTests$PlainReturns", method, shape, blind);
	}

	@ParameterizedTest
	@CsvSource({ "ask, PLAIN, true", "suspendedFlow, PLAIN, true", "begun, PLAIN, false" })
	@Tag("T69")
	void withoutItsLibraryASuspendingFunctionCannotBeObserved(String method, String shape, boolean blind)
			throws Exception {
		assertWithout("kotlinx-coroutines-reactor", "KotlinTests$KotlinPartner", method, shape, blind);
	}

	/** Ask on a class path of its own, where some jars are missing. */
	private static void assertWithout(String library, String type, String method, String shape, boolean blind)
			throws Exception {
		URL[] classPath = Stream
			.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
				.split(File.pathSeparator))
			.map(Path::of)
			.filter((path) -> !path.getFileName().toString().startsWith(library))
			.map(ShapeTests::url)
			.toArray(URL[]::new);
		try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
			Class<?> shapes = loader.loadClass(Shape.class.getName());
			Class<?> target = loader.loadClass(ShapeTests.class.getPackageName() + "." + type);
			Method found = method(target, method);
			Object answer = call(shapes, "of", null, found, target);
			assertThat(answer).hasToString(shape);
			assertThat(call(shapes, "isBlind", answer, found, target)).isEqualTo(blind);
		}
	}

	private static Object call(Class<?> shapes, String name, Object shape, Method method, Class<?> target)
			throws Exception {
		Method found = shapes.getDeclaredMethod(name, Method.class, Class.class);
		found.setAccessible(true);
		return found.invoke(shape, method, target);
	}

	private static Method method(Class<?> type, String name) {
		return Stream.of(ReflectionUtils.getUniqueDeclaredMethods(type))
			.filter((method) -> method.getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	interface PlainReturns {

		String text();

		CompletionStage<String> stage();

		CompletableFuture<String> completable();

		Future<String> future();

		Flow.Publisher<String> flow();

		Single<String> single();

		OwnFuture own();

	}

	interface Returns extends PlainReturns {

		Mono<String> mono();

		Flux<String> flux();

	}

	static class OwnFuture extends CompletableFuture<String> {

	}

}
