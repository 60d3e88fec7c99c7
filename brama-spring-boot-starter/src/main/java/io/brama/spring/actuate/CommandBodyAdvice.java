package io.brama.spring.actuate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Lets commands over Spring MVC have an object of options in their body. Concerns the
 * endpoint {@code brama} alone.
 */
@ControllerAdvice
public final class CommandBodyAdvice extends RequestBodyAdviceAdapter {

	private final Supplier<@Nullable String> path;

	/**
	 * Create the advice.
	 * @param path tells the path of the endpoint, {@code null} if it has none
	 */
	public CommandBodyAdvice(Supplier<@Nullable String> path) {
		this.path = path;
	}

	/** All endpoints have the same method, hence the look at the path. */
	@Override
	public boolean supports(MethodParameter parameter, Type targetType,
			Class<? extends HttpMessageConverter<?>> converterType) {
		return parameter.getDeclaringClass().getName().startsWith("org.springframework.boot.")
				&& ResolvableType.forType(targetType).toClass() == Map.class && isCommand();
	}

	private boolean isCommand() {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		Object pattern = (request != null)
				? request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST)
				: null;
		return pattern != null && pattern.equals(this.path.get());
	}

	@Override
	public HttpInputMessage beforeBodyRead(HttpInputMessage message, MethodParameter parameter, Type targetType,
			Class<? extends HttpMessageConverter<?>> converterType) throws IOException {
		byte[] body = CommandBody.flat(message.getBody().readNBytes(CommandBody.LARGEST + 1));
		return new Message(message.getHeaders(), new ByteArrayInputStream(body));
	}

	/** A message with another body. */
	private record Message(HttpHeaders headers, InputStream body) implements HttpInputMessage {

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

		@Override
		public InputStream getBody() {
			return this.body;
		}

	}

}
