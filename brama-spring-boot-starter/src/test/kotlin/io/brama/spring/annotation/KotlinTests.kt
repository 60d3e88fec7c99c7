package io.brama.spring.annotation

import io.brama.Brama
import io.brama.Circuit
import io.brama.CircuitOpenException
import io.brama.CircuitState
import io.brama.Command.because
import io.brama.ConnectionStatus
import io.brama.spring.autoconfigure.BramaAutoConfiguration
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.assertj.core.api.Assertions.assertThatIllegalArgumentException
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import org.springframework.aop.support.AopUtils
import org.springframework.boot.autoconfigure.AutoConfigurations
import org.springframework.boot.test.context.runner.ApplicationContextRunner

/**
 * Guarded functions in Kotlin: suspending ones and those that return a flow.
 */
class KotlinTests {

	private var runner: ApplicationContextRunner = ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BramaAutoConfiguration::class.java))
		.withBean("partner", KotlinPartner::class.java)

	@ParameterizedTest
	@ValueSource(booleans = [true, false])
	fun theOutcomeIsTheOneOfTheSuspendingFunction(classProxies: Boolean) {
		runner = runner.withPropertyValues("spring.aop.proxy-target-class=$classProxies")
		withPartner { partner, circuit ->
			assertThat(AopUtils.isJdkDynamicProxy(partner)).isEqualTo(!classProxies)
			assertThat(partner.ask("a")).isEqualTo("answer to a")
			assertThat(partner.ask("nothing")).isNull()
			assertThatExceptionOfType(IllegalStateException::class.java).isThrownBy { runBlocking { partner.fail() } }
				.withMessage("no answer")
			assertThat(circuit.status().calls()).isEqualTo(ConnectionStatus.Calls(2, 1, 0, 0, 0, 0))
		}
	}

	@Test
	@Tag("T64")
	fun anOpenCircuitRunsNothing() = withPartner { partner, circuit ->
		circuit.open(because("maintenance"))
		assertThatExceptionOfType(CircuitOpenException::class.java).isThrownBy { runBlocking { partner.ask("a") } }
		assertThatExceptionOfType(CircuitOpenException::class.java).isThrownBy { runBlocking { partner.flow().toList() } }
		assertThatExceptionOfType(CircuitOpenException::class.java)
			.isThrownBy { runBlocking { partner.suspendedFlow().toList() } }
		assertThat(partner.begun()).isZero()
	}

	@Test
	@Tag("T12")
	fun eachCollectionOfAFlowIsACall() = withPartner { partner, circuit ->
		val flow = partner.flow()
		assertThat(partner.begun()).isZero()
		assertThat(flow.toList()).containsExactly(1, 2)
		assertThat(flow.toList()).containsExactly(1, 2)
		assertThat(partner.suspendedFlow().toList()).containsExactly(3, 4)
		assertThat(circuit.status().calls()).isEqualTo(ConnectionStatus.Calls(3, 0, 0, 0, 0, 0))
	}

	@Test
	fun theFailureOfAFlowIsAFailure() = withPartner { partner, circuit ->
		assertThatExceptionOfType(IllegalStateException::class.java)
			.isThrownBy { runBlocking { partner.failingFlow().toList() } }
		assertThat(circuit.status().calls()).isEqualTo(ConnectionStatus.Calls(0, 1, 0, 0, 0, 0))
	}

	@Test
	fun toTakeOnlyTheFirstElementIsIgnored() = withPartner { partner, circuit ->
		assertThat(partner.endlessFlow().first()).isEqualTo(1)
		assertThat(circuit.status().calls()).isEqualTo(ConnectionStatus.Calls(0, 0, 1, 0, 0, 0))
	}

	@Test
	fun cancellationGivesThePlaceOfATrialBack() = withPartner { partner, circuit ->
		circuit.halfOpen(because("try"))
		runBlocking {
			val job = launch(start = CoroutineStart.UNDISPATCHED) { partner.hang() }
			assertThat(circuit.isAvailable).isFalse()
			job.cancelAndJoin()
		}
		assertThat(circuit.isAvailable).isTrue()
		assertThat(circuit.status().calls()).isEqualTo(ConnectionStatus.Calls(0, 0, 1, 0, 0, 0))
	}

	@Test
	fun aDeferredIsDoneWhenItCompletes() = withPartner { partner, circuit ->
		assertThat(partner.deferred().await()).isEqualTo("deferred")
		assertThat(circuit.status().calls()).isEqualTo(ConnectionStatus.Calls(1, 0, 0, 0, 0, 0))
	}

	@Test
	fun theContextOfTheCoroutineReachesTheFunction() = withPartner { partner, _ ->
		assertThat(withContext(CoroutineName("ada")) { partner.name() }).isEqualTo("ada")
	}

	@Test
	fun anExpressionKnowsTheArguments() {
		runner.run { context ->
			val partner = context.getBean(Partner::class.java)
			runBlocking { partner.ofBank("a") }
			assertThat(context.getBean(Brama::class.java).status("bank-a").orElseThrow().calls().success()).isEqualTo(1)
			assertThatIllegalArgumentException().isThrownBy { runBlocking { partner.ofBank(null) } }
		}
	}

	@Test
	fun fallbacksMaySuspendOrNot() = withPartner { partner, circuit ->
		assertThat(partner.answered("a")).isEqualTo("plain for a: no answer")
		assertThat(partner.answeredLater("a")).isEqualTo("later for a: no answer")
		assertThat(partner.answeredFlow().toList()).containsExactly(7, 8)
		assertThat(partner.answeredSuspendedFlow().toList()).containsExactly(7, 8)
		circuit.open(because("maintenance"))
		assertThat(partner.answeredLater("a")).startsWith("later for a: The circuit of")
		assertThat(partner.answeredFlow().toList()).containsExactly(7, 8)
	}

	@Test
	fun theContextOfTheCoroutineReachesASuspendingFallback() = withPartner { partner, circuit ->
		circuit.open(because("maintenance"))
		assertThat(withContext(CoroutineName("ada")) { partner.nameLater() }).isEqualTo("ada")
	}

	@Test
	fun aFlowMayHaveASuspendingFallback() = withPartner { partner, _ ->
		assertThat(partner.flowAnsweredLater().toList()).containsExactly(7, 8)
	}

	@Test
	fun aFailedTrialOpensAgain() = withPartner { partner, circuit ->
		circuit.halfOpen(because("try"))
		assertThatExceptionOfType(IllegalStateException::class.java).isThrownBy { runBlocking { partner.fail() } }
		assertThat(circuit.status().state()).isEqualTo(CircuitState.OPEN)
	}

	@Test
	@Tag("T59")
	fun aFallbackThatSuspendsDoesNotFitAFunctionThatDoesNot() {
		ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BramaAutoConfiguration::class.java))
			.withBean(Impatient::class.java)
			.run { context ->
				assertThat(context.startupFailure).isInstanceOf(MisusedCircuitBreakerException::class.java)
					.hasMessageContaining("its fallback 'later' fits no method; there is String later()")
			}
	}

	private fun withPartner(test: suspend (Partner, Circuit) -> Unit) {
		runner.run { context ->
			runBlocking { test(context.getBean(Partner::class.java), context.getBean(Brama::class.java).circuit("partner")) }
		}
	}

	open class Impatient {

		@CircuitBreaker(identifier = "partner", fallback = "later")
		open fun ask(): String = "answer"

		@Suppress("unused", "RedundantSuspendModifier")
		suspend fun later(): String = "later"

	}

	interface Partner {

		suspend fun ask(question: String): String?

		suspend fun fail(): String

		suspend fun hang()

		suspend fun name(): String?

		suspend fun nameLater(): String?

		fun flowAnsweredLater(): Flow<Int>

		suspend fun ofBank(code: String?): String

		suspend fun answered(question: String): String

		suspend fun answeredLater(question: String): String

		suspend fun suspendedFlow(): Flow<Int>

		suspend fun answeredSuspendedFlow(): Flow<Int>

		fun flow(): Flow<Int>

		fun failingFlow(): Flow<Int>

		fun endlessFlow(): Flow<Int>

		fun answeredFlow(): Flow<Int>

		fun deferred(): Deferred<String>

		fun begun(): Int

	}

	open class KotlinPartner : Partner {

		private var begun = 0

		@CircuitBreaker(identifier = "partner")
		override suspend fun ask(question: String): String? {
			begun++
			delay(1)
			return if (question == "nothing") null else "answer to $question"
		}

		@CircuitBreaker(identifier = "partner")
		override suspend fun fail(): String {
			delay(1)
			throw IllegalStateException("no answer")
		}

		@CircuitBreaker(identifier = "partner")
		override suspend fun hang() {
			CompletableDeferred<Unit>().await()
		}

		@CircuitBreaker(identifier = "partner")
		override suspend fun name() = currentCoroutineContext()[CoroutineName]?.name

		@CircuitBreaker(identifier = "partner", fallback = "nameOfTheFallback")
		override suspend fun nameLater(): String? = fail()

		@Suppress("unused")
		private suspend fun nameOfTheFallback() = currentCoroutineContext()[CoroutineName]?.name

		@CircuitBreaker(identifier = "partner", fallback = "suspendedFallback")
		override fun flowAnsweredLater(): Flow<Int> = failingFlow().drop(1)

		@Suppress("unused")
		private suspend fun suspendedFallback(): Flow<Int> {
			delay(1)
			return flowOf(7, 8)
		}

		@CircuitBreaker(identifier = "bank-#{#code}")
		override suspend fun ofBank(code: String?): String = "called"

		@CircuitBreaker(identifier = "partner", fallback = "plainly")
		override suspend fun answered(question: String): String = fail()

		private fun plainly(question: String, ex: Exception) = "plain for $question: ${ex.message}"

		@CircuitBreaker(identifier = "partner", fallback = "later")
		override suspend fun answeredLater(question: String): String = fail()

		private suspend fun later(question: String, ex: Exception): String {
			delay(1)
			return "later for $question: ${ex.message}"
		}

		@CircuitBreaker(identifier = "partner")
		override suspend fun suspendedFlow(): Flow<Int> {
			begun++
			delay(1)
			return flowOf(3, 4)
		}

		@CircuitBreaker(identifier = "partner")
		override fun flow(): Flow<Int> {
			begun++
			return flowOf(1, 2)
		}

		@CircuitBreaker(identifier = "partner")
		override fun failingFlow(): Flow<Int> = flow {
			emit(1)
			throw IllegalStateException("no answer")
		}

		@CircuitBreaker(identifier = "partner")
		override fun endlessFlow(): Flow<Int> = flow {
			emit(1)
			awaitCancellation()
		}

		@CircuitBreaker(identifier = "partner", fallback = "otherFlow")
		override fun answeredFlow(): Flow<Int> = flow { throw IllegalStateException("no answer") }

		@CircuitBreaker(identifier = "partner", fallback = "otherFlow")
		override suspend fun answeredSuspendedFlow(): Flow<Int> = answeredFlow()

		private fun otherFlow() = flowOf(7, 8)

		@CircuitBreaker(identifier = "partner")
		override fun deferred(): Deferred<String> = CompletableDeferred("deferred")

		override fun begun() = begun

	}

}
