package io.brama;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.brama.Settings.Order;
import org.jspecify.annotations.Nullable;

/**
 * The breaker that guards one connection, as its callers hold it.
 * <p>
 * Whatever a guarded call returns or throws reaches the caller unchanged, after its
 * outcome has been recorded. When a call is not let in it is not run, and a
 * {@link CircuitOpenException} says why.
 * <p>
 * Thread-safe. A circuit may be held for ever: if cleanup has removed it meanwhile, it
 * registers itself again when used.
 */
public final class Circuit {

	private static final Body<Runnable, @Nullable Object, RuntimeException> RUN = (task) -> {
		task.run();
		return null;
	};

	private final Registry registry;

	/**
	 * Maintainers: written without synchronization. A machine is safe to publish that way
	 * (it is complete before it is handed over), and a stale one is retired and says so.
	 */
	private Breaker breaker;

	/**
	 * What was said at registration, as far as this is the circuit that was made then.
	 */
	private volatile @Nullable Registration registration;

	Circuit(Registry registry, Breaker breaker) {
		this.registry = registry;
		this.breaker = breaker;
	}

	/**
	 * Return the connection this circuit guards.
	 * @return the connection
	 */
	public ConnectionId id() {
		return this.breaker.id();
	}

	/**
	 * Call the connection; an exception is a failure.
	 * @param <T> what the call returns
	 * @param task the call
	 * @return what the call returned
	 * @throws CircuitOpenException if the call was not let in
	 * @throws Exception what the call threw
	 */
	public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
		ConnectionId.requireGiven(task, "task of a call");
		return guard(enter(), task, Callable::call, ErrorHandler.DEFAULT);
	}

	/**
	 * Call the connection.
	 * @param <T> what the call returns
	 * @param task the call
	 * @param handler says what a result or an exception means
	 * @return what the call returned
	 * @throws CircuitOpenException if the call was not let in
	 * @throws Exception what the call threw
	 */
	public <T extends @Nullable Object> T call(Callable<T> task, ErrorHandler handler) throws Exception {
		ConnectionId.requireGiven(task, "task of a call");
		ConnectionId.requireGiven(handler, "error handler of a call");
		return guard(enter(), task, Callable::call, handler);
	}

	/**
	 * Call the connection by a body that is given what it works on. For callers in a
	 * hurry: a body that captures nothing is no object of its own for each call.
	 * @param <A> what the body works on
	 * @param <T> what the call returns
	 * @param <X> what the call throws
	 * @param argument handed to the body as it is
	 * @param body the call
	 * @param handler says what a result or an exception means
	 * @return what the call returned
	 * @throws CircuitOpenException if the call was not let in
	 * @throws X what the call threw
	 */
	public <A extends @Nullable Object, T extends @Nullable Object, X extends Throwable> T call(A argument,
			Body<? super A, ? extends T, ? extends X> body, ErrorHandler handler) throws X {
		ConnectionId.requireGiven(body, "body of a call");
		ConnectionId.requireGiven(handler, "error handler of a call");
		return guard(enter(), argument, body, handler);
	}

	/**
	 * Call the connection, or do something else when the call is not let in.
	 * @param <T> what the call returns
	 * @param task the call
	 * @param handler says what a result or an exception means
	 * @param whenRejected what to do instead; its exceptions reach the caller as they are
	 * @return what the call or {@code whenRejected} returned
	 * @throws Exception what the call threw
	 */
	public <T extends @Nullable Object> T call(Callable<T> task, ErrorHandler handler,
			Function<CircuitOpenException, ? extends T> whenRejected) throws Exception {
		ConnectionId.requireGiven(task, "task of a call");
		ConnectionId.requireGiven(handler, "error handler of a call");
		ConnectionId.requireGiven(whenRejected, "answer to a rejection");
		Admission leave = admit();
		return leave.isGranted() ? guard(leave, task, Callable::call, handler) : whenRejected.apply(rejection(leave));
	}

	/**
	 * Call the connection; an exception is a failure.
	 * @param task the call
	 * @throws CircuitOpenException if the call was not let in
	 */
	public void run(Runnable task) {
		ConnectionId.requireGiven(task, "task of a call");
		call(task, RUN, ErrorHandler.DEFAULT);
	}

	/**
	 * Call the connection; an exception is a failure.
	 * @param <T> what the call returns
	 * @param task the call
	 * @return what the call returned
	 * @throws CircuitOpenException if the call was not let in
	 */
	public <T extends @Nullable Object> T get(Supplier<T> task) {
		ConnectionId.requireGiven(task, "task of a call");
		return guard(enter(), task, Supplier::get, ErrorHandler.DEFAULT);
	}

	/**
	 * Call the connection without waiting for the answer; an exception is a failure.
	 * @param <T> what the call returns in the end
	 * @param task starts the call
	 * @return see {@link #callAsync(Supplier, ErrorHandler)}
	 */
	public <T extends @Nullable Object> CompletableFuture<T> callAsync(Supplier<? extends CompletionStage<T>> task) {
		return callAsync(task, ErrorHandler.DEFAULT);
	}

	/**
	 * Call the connection without waiting for the answer. The outcome is recorded before
	 * the returned future completes. To cancel that future cancels the one of the call,
	 * where that is possible; to stop waiting for it changes nothing.
	 * @param <T> what the call returns in the end
	 * @param task starts the call; what it throws itself is a failure of the call, and is
	 * thrown
	 * @param handler says what a result or an exception means
	 * @return a future that ends as the call does, or with a {@link CircuitOpenException}
	 * if the call was not let in
	 */
	public <T extends @Nullable Object> CompletableFuture<T> callAsync(Supplier<? extends CompletionStage<T>> task,
			ErrorHandler handler) {
		ConnectionId.requireGiven(task, "task of a call");
		ConnectionId.requireGiven(handler, "error handler of a call");
		Admission leave = admit();
		return leave.isGranted() ? GuardedFuture.of(new Permit(leave), task, handler)
				: CompletableFuture.failedFuture(rejection(leave));
	}

	/**
	 * Return a supplier that calls the connection each time it is asked; an exception is
	 * a failure.
	 * @param <T> what the call returns
	 * @param task the call
	 * @return the guarded call, which throws {@link CircuitOpenException} if it is not
	 * let in
	 */
	public <T extends @Nullable Object> Supplier<T> guard(Supplier<T> task) {
		ConnectionId.requireGiven(task, "task of a call");
		return () -> get(task);
	}

	/**
	 * Return an executor whose every task is a call of the connection; an exception is a
	 * failure. A task that is not let in is refused with a {@link CircuitOpenException},
	 * and one that the executor itself refuses gives its permit back.
	 * @param executor runs the tasks
	 * @return the guarded executor
	 */
	public Executor guard(Executor executor) {
		ConnectionId.requireGiven(executor, "executor");
		return (task) -> {
			Permit permit = acquire();
			try {
				executor.execute(() -> settled(permit, task));
			}
			catch (Throwable ex) {
				permit.close();
				throw ex;
			}
		};
	}

	private static void settled(Permit permit, Runnable task) {
		try {
			permit.run(task, RUN);
		}
		catch (Throwable ex) {
			permit.settle(permit.classify(null, ex, ErrorHandler.DEFAULT));
			throw ex;
		}
		permit.success();
	}

	/**
	 * Ask for leave for one call whose outcome is reported through the permit.
	 * @return the permit, to be settled or closed
	 * @throws CircuitOpenException if no call is let in
	 */
	public Permit acquire() {
		return new Permit(enter());
	}

	/**
	 * Ask for leave for one call whose outcome is reported through the permit.
	 * @return the permit, to be settled or closed, or {@code null} if no call is let in
	 */
	public @Nullable Permit tryAcquire() {
		Admission leave = admit();
		return leave.isGranted() ? new Permit(leave) : null;
	}

	/**
	 * Tell whether a call made now would be let in. Takes nothing and changes nothing.
	 * @return whether it would
	 */
	public boolean isAvailable() {
		Breaker known = known();
		return known.traffic().isAvailable(known);
	}

	/**
	 * Report a success that no permit was asked for.
	 * @return {@code RECORDED}, or {@code LATE} if the circuit is open and its mode is
	 * ENFORCE, or there is no room for it
	 */
	public Permit.Settlement success() {
		return report(Outcome.success());
	}

	/**
	 * Report a failure that no permit was asked for.
	 * @param reason why, for people to read
	 * @return {@code RECORDED}, or {@code LATE} if the circuit is open and its mode is
	 * ENFORCE, or there is no room for it
	 */
	public Permit.Settlement failure(@Nullable String reason) {
		return report(Outcome.failure(reason));
	}

	/**
	 * Report an outcome that no permit was asked for. It counts for the current period;
	 * in HALF_OPEN it counts as a trial's outcome.
	 * @param outcome the outcome
	 * @return {@code RECORDED}, or {@code LATE} if the circuit is open and its mode is
	 * ENFORCE, or there is no room for it
	 */
	public Permit.Settlement report(Outcome outcome) {
		if (outcome == null) { // asked first: the words cost more than all else
			ConnectionId.requireGiven(outcome, "outcome of " + id());
		}
		Breaker live = live();
		return (live != null) ? live.traffic().report(live, outcome) : Permit.Settlement.LATE;
	}

	/**
	 * Return the state alone, as the status has it. For whoever looks at many circuits:
	 * reads no clock, takes no lock and allocates nothing.
	 * @return the state now
	 */
	public CircuitState state() {
		return ConnectionStatus.stateOf(known().period());
	}

	/**
	 * Return everything known about the connection.
	 * @return the status now
	 */
	public ConnectionStatus status() {
		return known().status();
	}

	/**
	 * Open the circuit by hand, for the duration of the command or else as long as its
	 * own expiry says. An open circuit takes the new reason and deadline.
	 * @param command why, how long, and by whom
	 * @return whether the circuit obeyed: always, unless there is no room for it
	 * @see Brama.Builder#maxConnections
	 */
	public boolean open(Command command) {
		return obey(command, CircuitState.OPEN);
	}

	/**
	 * Let trials begin now, whatever the state.
	 * @param command why and by whom
	 * @return whether the circuit obeyed: always, unless there is no room for it
	 */
	public boolean halfOpen(Command command) {
		return obey(command, CircuitState.HALF_OPEN);
	}

	/**
	 * Close the circuit by hand. The count of failures starts again; calls under way can
	 * not undo it.
	 * @param command why and by whom
	 * @return whether the circuit obeyed: always, unless there is no room for it
	 */
	public boolean close(Command command) {
		return obey(command, CircuitState.CLOSED);
	}

	/**
	 * Begin as if just registered: closed, without counts, totals or consecutive
	 * openings.
	 * @param command why and by whom
	 * @return whether the circuit obeyed: always, unless there is no room for it
	 */
	public boolean reset(Command command) {
		return obey(command, CircuitState.UNKNOWN);
	}

	/**
	 * Set the mode by hand, until the next such command or until another mode is
	 * configured for the connection by its name. State, counts and deadline stay; calls
	 * under way are not counted in the new mode.
	 * @param mode the mode
	 * @param command why and by whom
	 * @return whether the circuit obeyed: always, unless there is no room for it
	 */
	public boolean mode(Mode mode, Command command) {
		ConnectionId.requireGiven(mode, "mode of " + id());
		return configure(command, (options) -> options.mode(mode));
	}

	/**
	 * Set options of this circuit alone by hand, each until the next such command or
	 * until something else is configured for the connection by its name. What is not
	 * named stays as it is, and nothing counted is lost.
	 * @param command why and by whom
	 * @param options sets the options
	 * @return whether the circuit obeyed: always, unless there is no room for it
	 * @throws IllegalArgumentException if an option is out of range or contradicts
	 * others; then nothing is changed
	 * @see Brama#configure(String, Consumer)
	 */
	public boolean configure(Command command, Consumer<? super CircuitOptions<?>> options) {
		ConnectionId.requireGiven(command, "command");
		ConnectionId.requireGiven(options, "options of " + id());
		CircuitConfig.Builder builder = new CircuitConfig.Builder(id().toString());
		options.accept(builder);
		Order order = Order.of(builder.values(), command);
		boolean obeyed = false;
		while (!obeyed && live() != null) {
			obeyed = this.registry.obey(this, order);
		}
		return obeyed;
	}

	@Override
	public String toString() {
		return "circuit of " + id();
	}

	CircuitConfig config() {
		return this.breaker.period().config();
	}

	Layer registeredWith() {
		return this.registry.registeredWith(id());
	}

	@Nullable Registration registration() {
		return this.registration;
	}

	void register(@Nullable Registration registration) {
		this.registration = registration;
	}

	Breaker breaker() {
		return this.breaker;
	}

	void use(Breaker breaker) {
		this.breaker = breaker;
	}

	/** Give a command to the live machine, unless there is no room for one. */
	private boolean obey(Command command, CircuitState next) {
		ConnectionId.requireGiven(command, "command");
		Breaker breaker = live();
		while (breaker != null && !breaker.obey(command, next)) {
			breaker = live();
		}
		return breaker != null;
	}

	/** The machine to read from: reading alone brings no circuit back. */
	private Breaker known() {
		Breaker current = this.breaker;
		Circuit live = (current.period() instanceof Retired) ? this.registry.find(id()) : null;
		return (live != null) ? live.breaker : current;
	}

	private @Nullable Breaker live() {
		Breaker current = this.breaker;
		return (current.period() instanceof Retired) ? this.registry.revive(this) : current;
	}

	/** Ask for leave. That a closed circuit lets every call in needs no clock. */
	private Admission admit() {
		Period current = this.breaker.period();
		return (current instanceof Closed closed && closed.isPlain()) ? closed : askForLeave(now());
	}

	private Admission askForLeave(long now) {
		Admission answer = admitted(this.breaker, now);
		while (answer instanceof Retired retired) {
			Breaker revived = this.registry.revive(this);
			answer = (revived != null) ? admitted(revived, now()) : unguarded(retired);
		}
		return answer;
	}

	private static Admission admitted(Breaker breaker, long now) {
		return breaker.traffic().admit(breaker, now);
	}

	private Admission unguarded(Retired retired) {
		this.registry.capacity().letIn(id());
		return new Pass(retired, false);
	}

	private Admission enter() {
		Period current = this.breaker.period();
		return (current instanceof Closed closed && closed.isPlain()) ? closed : enterOrThrow();
	}

	/** A rejection that is thrown costs one reading of the clock. */
	private Admission enterOrThrow() {
		long now = now();
		Admission answer = askForLeave(now);
		if (!answer.isGranted()) {
			throw new CircuitOpenException(answer.period(), now);
		}
		return answer;
	}

	private CircuitOpenException rejection(Admission refusal) {
		return new CircuitOpenException(refusal.period(), now());
	}

	private long now() {
		return this.breaker.now();
	}

	private static <A extends @Nullable Object, T extends @Nullable Object, X extends Throwable> T guard(
			Admission leave, A argument, Body<? super A, ? extends T, ? extends X> body, ErrorHandler handler)
			throws X {
		Traffic traffic = leave.period().breaker().traffic();
		long startedAt = traffic.startOfCall(leave);
		T result;
		try {
			result = traffic.run(leave, argument, body);
		}
		catch (Throwable ex) {
			traffic.settle(leave, Classification.of(null, ex, handler, leave.period()), startedAt);
			throw ex;
		}
		traffic.settle(leave, Classification.of(result, null, handler, leave.period()), startedAt);
		return result;
	}

	/**
	 * The body of a call that is given what it works on.
	 *
	 * @param <A> what it works on
	 * @param <T> what it returns
	 * @param <X> what it throws
	 */
	@FunctionalInterface
	public interface Body<A extends @Nullable Object, T extends @Nullable Object, X extends Throwable> {

		/**
		 * Do it.
		 * @param argument what to work on
		 * @return what the call returns
		 * @throws X what the call throws
		 */
		T apply(A argument) throws X;

	}

}
