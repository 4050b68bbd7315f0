package io.monitoringstack.doorayadapter.check;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the service as far as its configuration goes, without a server, and tells what
 * is found.
 */
public final class Check {

	private static final int GOOD = 0;

	private static final int BAD = 1;

	private static final int WRONG_USAGE = 2;

	private Check() {
	}

	// Returns whether a check is asked for instead of the service.
	public static boolean asked(String... arguments) {
		return List.of(arguments).contains(CheckArguments.CHECK);
	}

	/**
	 * Checks and tells.
	 * @param application what to start
	 * @param arguments as given on the command line
	 * @param in standard input
	 * @param out where to tell
	 * @return exit code: 0 good, 1 something is wrong, 2 wrong usage
	 */
	public static int run(Class<?> application, String[] arguments, InputStream in, PrintStream out) {
		CheckArguments asked;
		try {
			asked = CheckArguments.of(arguments);
		}
		catch (IllegalArgumentException ex) {
			out.println(ex.getMessage());
			out.println(CheckArguments.USAGE);
			return WRONG_USAGE;
		}
		try (ConfigurableApplicationContext context = start(application, asked)) {
			List<String> problems = new ArrayList<>(
					context.getBean(ConfigurationReport.class).write(asked.file(), in, out));
			String probe = asked.probe();
			if (problems.isEmpty() && probe != null) {
				problems.addAll(context.getBean(Probe.class).run(probe, asked.sure(), out));
			}
			return conclude(problems, out);
		}
		catch (RuntimeException ex) {
			return conclude(StartProblem.sentences(ex), out);
		}
	}

	private static ConfigurableApplicationContext start(Class<?> application, CheckArguments asked) {
		List<String> options = new ArrayList<>(asked.others());
		// What the running service remembers is not to be written over.
		options.add("--adapter.state-dir=");
		if (asked.probe() != null) {
			// The probe keeps the pace itself, since it is the pace it asks about.
			options.add("--dooray.min-interval=1ms");
		}
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.profiles("check")
			.properties(Map.of("logging.level.root", "off"))
			.run(options.toArray(String[]::new));
	}

	private static int conclude(List<String> problems, PrintStream out) {
		out.println();
		problems.stream().flatMap((problem) -> Arrays.stream(problem.split("\n"))).forEach(out::println);
		out.println(problems.isEmpty() ? "OK" : "NOT OK");
		out.flush();
		return problems.isEmpty() ? GOOD : BAD;
	}

}
