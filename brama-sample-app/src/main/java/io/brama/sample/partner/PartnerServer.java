package io.brama.sample.partner;

import java.net.InetAddress;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.stereotype.Component;

/**
 * The second HTTP server of this application, where the partners live. It shares nothing
 * with the shop and could run on another machine.
 */
@Component
public class PartnerServer implements AutoCloseable {

	private final WebServer server;

	PartnerServer(@Value("${shop.partners.port}") int port, Partners partners, JsonMapper json) {
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(port);
		factory.setAddress(InetAddress.getLoopbackAddress());
		this.server = factory.getWebServer(
				(context) -> context.addServlet("partners", new PartnerServlet(partners, json)).addMapping("/*"));
		this.server.start();
	}

	/**
	 * Return where the partners are reached.
	 * @return the address, without a slash at the end
	 */
	public String url() {
		return "http://localhost:" + this.server.getPort();
	}

	@Override
	public void close() {
		this.server.destroy();
	}

}
