import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Pushes at a steady rate, each push a metric of its own, and never twice; then looks which
 * of the pushes that were told 2xx are there. Run by the script beside it:
 * {@code java Restart.java PROXY PUSHGATEWAY PUSHES RATE NAME}.
 */
public final class Restart {

	private static final int GROUPS = 100;

	private static final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private Restart() {
	}

	public static void main(String[] args) throws Exception {
		URI proxy = URI.create(args[0]);
		URI pushgateway = URI.create(args[1]);
		int pushes = Integer.parseInt(args[2]);
		int rate = Integer.parseInt(args[3]);
		String name = args[4] + "_";
		Set<Integer> stored = ConcurrentHashMap.newKeySet();
		Map<String, Integer> told = new ConcurrentHashMap<>();
		Phaser underWay = new Phaser(1);
		System.out.println("started");
		long start = System.nanoTime();
		for (int i = 0; i < pushes; i++) {
			LockSupport.parkNanos(start + i * 1_000_000_000L / rate - System.nanoTime());
			int push = i;
			underWay.register();
			push(proxy, name, push).whenComplete((answer, ex) -> {
				String outcome = (ex != null) ? "no answer" : "" + answer.statusCode();
				told.merge(outcome, 1, Integer::sum);
				if (outcome.startsWith("2")) {
					stored.add(push);
				}
				underWay.arriveAndDeregister();
			});
		}
		underWay.arriveAndAwaitAdvance();
		Set<Integer> found = found(pushgateway, name);
		long lost = stored.stream().filter((push) -> !found.contains(push)).count();
		long unannounced = found.stream().filter((push) -> !stored.contains(push)).count();
		System.out.println("told " + new TreeMap<>(told) + ", stored " + found.size() + ", lost " + lost
				+ ", stored although told otherwise " + unannounced);
	}

	private static CompletableFuture<HttpResponse<Void>> push(URI proxy, String name, int push) {
		HttpRequest request = HttpRequest.newBuilder(proxy.resolve("/metrics/job/restart/instance/" + push % GROUPS))
			.timeout(Duration.ofSeconds(20))
			.PUT(BodyPublishers.ofString(name + push + " 1\n"))
			.build();
		return client.sendAsync(request, BodyHandlers.discarding());
	}

	private static Set<Integer> found(URI pushgateway, String name) throws Exception {
		HttpRequest scrape = HttpRequest.newBuilder(pushgateway.resolve("/metrics")).build();
		return client.send(scrape, BodyHandlers.ofLines())
			.body()
			.filter((line) -> line.startsWith(name))
			.map((line) -> Integer.valueOf(line.substring(name.length(), line.indexOf('{'))))
			.collect(Collectors.toSet());
	}

}
