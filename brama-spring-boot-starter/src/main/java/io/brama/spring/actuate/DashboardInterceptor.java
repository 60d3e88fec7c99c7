package io.brama.spring.actuate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Adds the headers of the dashboard to what Spring MVC answers.
 */
public final class DashboardInterceptor implements HandlerInterceptor {

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		DashboardHeaders.writeTo(response::setHeader);
		return true;
	}

}
