package io.brama.benchmark.peer;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import com.alibaba.csp.sentinel.Entry;
import com.alibaba.csp.sentinel.SphU;
import com.alibaba.csp.sentinel.Tracer;
import com.alibaba.csp.sentinel.slots.block.RuleConstant;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRule;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRuleManager;

/**
 * A resource of Sentinel with a rule that degrades it by its share of errors over time.
 */
final class SentinelPeer implements Guarded {

	private static final AtomicInteger numbers = new AtomicInteger();

	private final String resource = "partner-" + numbers.incrementAndGet();

	SentinelPeer(Rule rule) {
		if (rule != Rule.DEFAULT && rule != Rule.TIME_WINDOW) {
			throw Peer.unsupported(rule);
		}
		DegradeRule degrade = new DegradeRule(this.resource).setGrade(RuleConstant.DEGRADE_GRADE_EXCEPTION_RATIO)
			.setCount(1)
			.setMinRequestAmount(20)
			.setStatIntervalMs((rule == Rule.DEFAULT) ? 1_000 : 10_000)
			.setTimeWindow(86_400);
		DegradeRuleManager.setRulesForResource(this.resource, Set.of(degrade));
	}

	@Override
	public String call(Callable<String> body) throws Exception {
		Entry entry = SphU.entry(this.resource);
		try {
			String result = body.call();
			if (Peer.isBad(result)) {
				Tracer.traceEntry(new IllegalStateException("bad"), entry);
			}
			return result;
		}
		catch (Exception ex) {
			Tracer.traceEntry(ex, entry);
			throw ex;
		}
		finally {
			entry.exit();
		}
	}

	@Override
	public void open() {
		for (int call = 0; call < 1_000; call++) {
			try {
				call(() -> {
					throw new IllegalStateException("down");
				});
			}
			catch (Exception ex) {
				// meant
			}
		}
	}

}
