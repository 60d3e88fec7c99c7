package io.brama.spring.actuate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.MimeType;
import org.springframework.web.util.HtmlUtils;

/**
 * The endpoint {@code bramadashboard}: a page that shows the circuits of this instance
 * and lets an operator steer them. It only serves files; what the page shows and does
 * goes through the endpoint {@code brama}, with the access that one grants.
 */
@WebEndpoint(id = "bramadashboard", defaultAccess = Access.READ_ONLY)
public class BramaDashboardEndpoint {

	private final DashboardPaths paths;

	/**
	 * Create the endpoint.
	 * @param paths knows where the page and the circuits are
	 */
	public BramaDashboardEndpoint(DashboardPaths paths) {
		this.paths = paths;
	}

	/**
	 * Serve the page.
	 * @return the page, which knows where its own files and the circuits are
	 * @throws IOException if it cannot be read
	 */
	@ReadOperation(produces = "text/html")
	public WebEndpointResponse<byte[]> page() throws IOException {
		String page = resource("index.html").getContentAsString(StandardCharsets.UTF_8)
			.replace("{{files}}", HtmlUtils.htmlEscape(this.paths.files()))
			.replace("{{circuits}}", HtmlUtils.htmlEscape(this.paths.circuits()));
		return new WebEndpointResponse<>(page.getBytes(StandardCharsets.UTF_8), utf8("text", "html"));
	}

	/**
	 * Serve one of the files that the page needs.
	 * @param name its name
	 * @return the file, or the status 404 if there is none of that name
	 * @throws IOException if it cannot be read
	 */
	@ReadOperation(produces = { "text/css", "text/javascript", "image/svg+xml" })
	public WebEndpointResponse<byte[]> file(@Selector String name) throws IOException {
		if (!name.matches("[a-z]+\\.(css|js|svg)") || !resource(name).exists()) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		return new WebEndpointResponse<>(resource(name).getContentAsByteArray(), type(name));
	}

	private static ClassPathResource resource(String name) {
		return new ClassPathResource("dashboard/" + name, BramaDashboardEndpoint.class);
	}

	private static MimeType type(String name) {
		return switch (name.substring(name.lastIndexOf('.') + 1)) {
			case "css" -> utf8("text", "css");
			case "js" -> utf8("text", "javascript");
			default -> utf8("image", "svg+xml");
		};
	}

	private static MimeType utf8(String type, String subtype) {
		return new MimeType(type, subtype, StandardCharsets.UTF_8);
	}

}
