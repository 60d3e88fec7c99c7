package io.brama.benchmark;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The closed path of a plain method with an annotation, beside what any advice of Spring
 * costs.
 */
public class AnnotatedMethodBenchmark extends TimedBenchmark {

	/** What stands in front of the method. */
	@Param
	public Advice peer = Advice.NONE;

	private Partner partner = new Partner();

	private String argument = "book";

	/**
	 * Start the application. The JVM always knows the classes of an application with the
	 * annotation: with fewer it makes better code for advice that does nothing.
	 */
	@Setup
	public void start() {
		Advice.BRAMA.partner();
		this.partner = this.peer.partner();
	}

	/**
	 * Call the method.
	 * @return what it returns
	 */
	@Benchmark
	public String call() {
		return this.partner.call(this.argument);
	}

}
