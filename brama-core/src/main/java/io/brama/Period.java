package io.brama;

import io.brama.policy.TripCounter;

/**
 * The time between two transitions of a circuit. Its identity is the generation: an
 * outcome belongs to the period that granted its permit, and a period that has been
 * replaced takes none.
 * <p>
 * A period answers and counts; it never moves the circuit, reads no clock and calls no
 * user code. What it was begun with never changes.
 */
abstract sealed class Period implements Admission permits Closed, Open, HalfOpen, Retired {

	/** The answer of a period that ends by no time. */
	static final long NEVER = Long.MAX_VALUE;

	private final Breaker breaker;

	private final Start start;

	private volatile CircuitConfig config;

	private final Ledger ledger;

	private final Openings openings;

	Period(Breaker breaker, Start start, Terms terms) {
		this.breaker = breaker;
		this.start = start;
		this.config = terms.config();
		this.ledger = terms.ledger();
		this.openings = terms.openings();
	}

	/** The state as it stands in events. */
	abstract CircuitState state();

	/** Whether a call that this period itself answers is let in. */
	@Override
	public boolean isGranted() {
		return false;
	}

	/**
	 * Answer a call; only after {@link #judge} said {@link Verdict#STAY}. Most periods
	 * answer all calls alike, with themselves.
	 */
	Admission admit(long now) {
		return this;
	}

	/** Whether {@link #admit} would grant, without taking anything. */
	boolean wouldAdmit(long now) {
		return true;
	}

	/** What the time alone decides; nothing, unless a state says otherwise. */
	Verdict judge(long now) {
		return Verdict.STAY;
	}

	/** Nanoseconds until {@link #judge} may decide something, or {@link #NEVER}. */
	long untilJudged(long now) {
		return NEVER;
	}

	/** The alarm for {@link #untilJudged} will not come. */
	void withoutAlarm() {
	}

	/**
	 * Take an outcome; a period that lets nothing in takes none.
	 * @param leave the grant of the call, or this period for an outcome reported without
	 * a permit
	 * @param slow whether the call was slow
	 * @param now the time, or {@link TripCounter#NO_TIME}
	 */
	Verdict record(Admission leave, Outcome outcome, boolean slow, long now) {
		return Verdict.LATE;
	}

	/** Whether {@link #record} asks for the time. */
	boolean needsTime(Outcome outcome) {
		return false;
	}

	/**
	 * Go by another configuration from now on, without losing anything that was counted.
	 * @return what the circuit does about it at once
	 */
	Verdict adopt(CircuitConfig config, long now) {
		this.config = config;
		return Verdict.STAY;
	}

	/** Become the current period. Under the monitor of the breaker, but for the first. */
	void begin() {
	}

	/** Make way for another period. Under the monitor of the breaker. */
	void end(Period next) {
	}

	/** Begin another period of the same state with the same counts and deadline. */
	abstract Period renewed(Start start);

	/** The failures in a row that led here or have been counted since. */
	abstract int failureCount();

	/** The openings in a row as they stand now. */
	Openings openingsAt(long now) {
		return this.openings;
	}

	@Override
	public final Period period() {
		return this;
	}

	final Breaker breaker() {
		return this.breaker;
	}

	final Start start() {
		return this.start;
	}

	final CircuitConfig config() {
		return this.config;
	}

	final Ledger ledger() {
		return this.ledger;
	}

	/** What a period that follows now takes over. */
	final Terms termsAt(long now) {
		return new Terms(this.config, this.ledger, openingsAt(now));
	}

	/** The row of openings with which this period began. */
	final Openings openings() {
		return this.openings;
	}

	final long age(long now) {
		return Math.max(0, now - this.start.nanoTime());
	}

	/** For how long the circuit has been in this state. */
	final long timeInState(long now) {
		return Math.max(0, now - this.start.entry().nanoTime());
	}

}
