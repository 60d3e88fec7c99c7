package io.brama.test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.brama.TimeSource.Alarm;
import io.brama.TimeSource.Timer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Time that a test moves.
 */
class ManualTimeTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final ManualTime time = new ManualTime();

	private final Timer timer = this.time.newTimer();

	private final List<String> log = new ArrayList<>();

	@Test
	void bothClocksAdvanceTogether() {
		long before = this.time.nanoTime();
		this.time.advance(Duration.ofMillis(1500));
		assertThat(this.time.nanoTime() - before).isEqualTo(1_500_000_000);
		assertThat(this.time.instant()).isEqualTo(ManualTime.START.plusMillis(1500));
	}

	@Test
	void itBeginsWhereTheTestSays() {
		ManualTime own = new ManualTime(Instant.EPOCH, Long.MAX_VALUE);
		own.advance(Duration.ofNanos(1));
		assertThat(own.instant()).isEqualTo(Instant.EPOCH.plusNanos(1));
		assertThat(own.nanoTime()).isEqualTo(Long.MIN_VALUE);
	}

	@Test
	void whatIsDueOnTheWayIsDoneInItsOrderAndAtItsTime() {
		schedule(3);
		schedule(1);
		schedule(2);
		this.time.advance(SECOND.multipliedBy(2));
		assertThat(this.log).containsExactly("1s at 1s", "2s at 2s");
		this.time.advance(SECOND);
		assertThat(this.log).hasSize(3);
	}

	@Test
	void whatIsScheduledOnTheWayIsDoneOnTheWay() {
		this.timer.schedule(SECOND, () -> schedule(1));
		this.time.advance(SECOND.multipliedBy(2));
		assertThat(this.log).containsExactly("1s at 2s");
	}

	@Test
	void aTaskMayAdvanceTheTimeItself() {
		this.timer.schedule(SECOND, () -> this.time.advance(SECOND.multipliedBy(9)));
		this.time.advance(SECOND.multipliedBy(2));
		assertThat(this.time.instant()).isEqualTo(ManualTime.START.plusSeconds(10));
	}

	@Test
	void whatWasTakenBackIsNotDone() {
		Alarm alarm = schedule(1);
		alarm.cancel();
		this.time.advance(SECOND);
		assertThat(this.log).isEmpty();
	}

	@Test
	void aTimerThatIsClosedForgetsItsTasksAndNoOthers() {
		schedule(1);
		this.time.newTimer().schedule(SECOND, () -> this.log.add("another timer"));
		this.timer.close();
		schedule(1);
		this.time.advance(SECOND);
		assertThat(this.log).containsExactly("another timer");
	}

	@Test
	void onlyTheWallClockJumps() {
		long before = this.time.nanoTime();
		schedule(1);
		this.time.stepWallClock(Duration.ofHours(-1));
		assertThat(this.time.instant()).isEqualTo(ManualTime.START.minusSeconds(3600));
		assertThat(this.time.nanoTime()).isEqualTo(before);
		assertThat(this.log).isEmpty();
	}

	@Test
	void aResetSetsTheWallClockBackAndLeavesTheMonotonicOne() {
		this.time.advance(SECOND);
		this.time.stepWallClock(SECOND);
		long before = this.time.nanoTime();
		this.time.reset();
		assertThat(this.time.instant()).isEqualTo(ManualTime.START);
		assertThat(this.time.nanoTime()).isEqualTo(before);
	}

	@Test
	void timeDoesNotRunBack() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.time.advance(SECOND.negated()))
			.withMessage("time must advance by a duration that is not negative, was PT-1S; to set the wall clock back,"
					+ " use stepWallClock");
	}

	private Alarm schedule(int seconds) {
		return this.timer.schedule(Duration.ofSeconds(seconds), () -> this.log
			.add(seconds + "s at " + Duration.between(ManualTime.START, this.time.instant()).toSeconds() + "s"));
	}

}
