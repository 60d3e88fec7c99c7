package io.brama.spring.autoconfigure

import io.brama.Brama
import io.brama.spring.annotation.CircuitBreaker
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import org.springframework.boot.WebApplicationType
import org.springframework.boot.autoconfigure.EnableAutoConfiguration
import org.springframework.boot.builder.SpringApplicationBuilder
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration

/**
 * An application with a guarded suspending function, for class paths on which nobody tells when it is done.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
open class BareCoroutine {

	@Bean
	open fun asker() = Asker()

	open class Asker {

		@CircuitBreaker(identifier = "partner")
		open suspend fun ask(): String {
			delay(1)
			return "answer"
		}

	}

	companion object {

		/** Run the application: what the function answers, and how many calls were counted. */
		@JvmStatic
		fun answers(): String =
			SpringApplicationBuilder(BareCoroutine::class.java).web(WebApplicationType.NONE)
				.properties(mapOf<String, Any>("spring.main.banner-mode" to "off", "logging.level.root" to "warn"))
				.run()
				.use { context ->
					val answer = runBlocking { context.getBean(Asker::class.java).ask() }
					val calls = context.getBean(Brama::class.java).status("partner").orElseThrow().calls()
					"$answer, ${calls.success()}"
				}

	}

}
