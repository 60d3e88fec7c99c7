package io.brama;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Why, for how long and by whom a circuit is moved by hand:
 * {@code because("maintenance").forDuration(Duration.ofHours(1)).by("ops")}. Immutable.
 */
public final class Command {

	private final String reason;

	private final @Nullable Duration duration;

	private final boolean untilToldOtherwise;

	private final @Nullable String actor;

	private Command(String reason, @Nullable Duration duration, boolean untilToldOtherwise, @Nullable String actor) {
		this.reason = reason;
		this.duration = duration;
		this.untilToldOtherwise = untilToldOtherwise;
		this.actor = actor;
	}

	/**
	 * Begin a command with its reason. An opening then lasts as long as the circuit's own
	 * expiry, unless one of the two methods below says otherwise.
	 * @param reason the reason, not blank
	 * @return the command
	 * @throws IllegalArgumentException if the reason is {@code null} or blank
	 */
	public static Command because(String reason) {
		ConnectionId.requireText(reason, "reason of a command");
		return new Command(reason, null, false, null);
	}

	/**
	 * Let an opening last this long. Belongs to that opening alone; other commands do not
	 * use it.
	 * @param duration how long, from 1ms to 36525d
	 * @return the command
	 * @throws IllegalArgumentException if the duration is out of range
	 */
	public Command forDuration(Duration duration) {
		Option.EXPIRY.check(duration, "duration of the command '" + Text.oneLine(this.reason) + "'");
		return new Command(this.reason, duration, false, this.actor);
	}

	/**
	 * Let an opening last until the next command.
	 * @return the command
	 */
	public Command untilToldOtherwise() {
		return new Command(this.reason, null, true, this.actor);
	}

	/**
	 * Say who gives the command.
	 * @param actor a person or system, not blank
	 * @return the command
	 * @throws IllegalArgumentException if the actor is {@code null} or blank
	 */
	public Command by(String actor) {
		ConnectionId.requireText(actor, "actor of the command '" + Text.oneLine(this.reason) + "'");
		return new Command(this.reason, this.duration, this.untilToldOtherwise, actor);
	}

	String reason() {
		return this.reason;
	}

	@Nullable Duration duration() {
		return this.duration;
	}

	/**
	 * Whether it says how long an opening lasts: for its duration, or if none for ever.
	 */
	boolean lasts() {
		return this.duration != null || this.untilToldOtherwise;
	}

	@Nullable String actor() {
		return this.actor;
	}

}
