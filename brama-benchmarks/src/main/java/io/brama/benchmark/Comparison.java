package io.brama.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs benchmarks and prints what each costs beside the same with this library: medians
 * of one run on one machine, so that only the ratios mean something elsewhere. Results
 * that differ in their parameter {@code peer} alone are compared.
 */
@SuppressWarnings("rawtypes") // JMH returns them
public final class Comparison {

	private static final String OURS = "BRAMA";

	private Comparison() {
	}

	/**
	 * Run and print.
	 * @param arguments those of JMH
	 * @throws CommandLineOptionException if they make no sense
	 * @throws RunnerException if a benchmark fails
	 */
	public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
		Collection<RunResult> results = new Runner(new CommandLineOptions(arguments)).run();
		Map<String, List<RunResult>> groups = results.stream()
			.collect(Collectors.groupingBy(Comparison::group, TreeMap::new, Collectors.toList()));
		groups.forEach(Comparison::print);
	}

	/** What the peers are compared in: a method, or the class where there are none. */
	private static String group(RunResult result) {
		BenchmarkParams params = result.getParams();
		String name = params.getBenchmark();
		int method = name.lastIndexOf('.');
		StringBuilder group = new StringBuilder(
				name.substring(name.lastIndexOf('.', method - 1) + 1, hasPeer(result) ? name.length() : method));
		for (String key : params.getParamsKeys()) {
			if (!key.equals("peer")) {
				group.append(", ").append(key).append(' ').append(params.getParam(key));
			}
		}
		group.append(", threads ").append(params.getThreads());
		return (params.getMode() == Mode.SampleTime) ? group.append(", p99.99").toString() : group.toString();
	}

	private static void print(String group, List<RunResult> results) {
		System.out.printf("%n%s%n", group);
		List<RunResult> sorted = new ArrayList<>(results);
		sorted.sort(Comparator.comparingDouble(Comparison::cost));
		double ours = sorted.stream()
			.filter((result) -> OURS.equals(peer(result)))
			.mapToDouble(Comparison::cost)
			.findAny()
			.orElse(Double.NaN);
		for (RunResult result : sorted) {
			double cost = cost(result);
			System.out.printf(Locale.ROOT, "  %-28s %10.1f ns %9s %9s%n", peer(result), cost,
					Double.isNaN(ours) ? "" : String.format(Locale.ROOT, "%.2f x", cost / ours), bytes(result));
		}
	}

	private static boolean hasPeer(RunResult result) {
		return result.getParams().getParamsKeys().contains("peer");
	}

	private static String peer(RunResult result) {
		String name = result.getParams().getBenchmark();
		return hasPeer(result) ? result.getParams().getParam("peer") : name.substring(name.lastIndexOf('.') + 1);
	}

	/**
	 * The time of a call, or of the slowest of 10 000 where single calls were measured.
	 * Where calls were counted, because there are more threads than cores, it is the time
	 * for which a core is busy with a call.
	 */
	private static double cost(RunResult result) {
		BenchmarkParams params = result.getParams();
		return switch (params.getMode()) {
			case SampleTime -> result.getPrimaryResult().getStatistics().getPercentile(99.99);
			case Throughput ->
				Math.min(params.getThreads(), Runtime.getRuntime().availableProcessors()) / median(result);
			default -> median(result);
		};
	}

	/** The middle of all measurements: one disturbed by another program counts as one. */
	private static double median(RunResult result) {
		double[] scores = result.getBenchmarkResults()
			.stream()
			.map(BenchmarkResult::getIterationResults)
			.flatMap(Collection::stream)
			.map(IterationResult::getPrimaryResult)
			.mapToDouble((iteration) -> iteration.getScore())
			.sorted()
			.toArray();
		return scores[scores.length / 2];
	}

	private static String bytes(RunResult result) {
		return result.getSecondaryResults()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().endsWith("gc.alloc.rate.norm"))
			.map((entry) -> String.format(Locale.ROOT, "%.0f B", entry.getValue().getScore()))
			.findAny()
			.orElse("");
	}

}
