package io.brama.sample.partner;

import java.io.IOException;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * The way to the partners over HTTP: the path begins with the name of one.
 */
@SuppressWarnings("serial") // nobody serializes a servlet
class PartnerServlet extends HttpServlet {

	private final Partners partners;

	private final JsonMapper json;

	PartnerServlet(Partners partners, JsonMapper json) {
		this.partners = partners;
		this.json = json;
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
		String name = request.getRequestURI().split("/", 3)[1];
		JsonNode body = this.json.readTree(request.getInputStream());
		send(response,
				this.partners.find(name)
					.map((partner) -> partner.answer(body))
					.orElseGet(() -> Reply.error(404, "nobody here is called " + name)));
	}

	private void send(HttpServletResponse response, Reply reply) throws IOException {
		response.setStatus(reply.status());
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		if (reply.retryAfterSeconds() != null) {
			response.setIntHeader(HttpHeaders.RETRY_AFTER, reply.retryAfterSeconds());
		}
		this.json.writeValue(response.getOutputStream(), reply.body());
	}

}
