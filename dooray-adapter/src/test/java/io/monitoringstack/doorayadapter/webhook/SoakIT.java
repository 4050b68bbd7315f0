package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Five webhooks a second, sent again as Alertmanager does until they are taken, to four
 * channels whose Dooray goes from one fault to the next; in a heap of 128 MB. An hour:
 * <code>-Dsoak.minutes=60</code>.
 */
@EnabledOnOs(OS.LINUX)
class SoakIT {

	private static final Duration LENGTH = Duration.ofSeconds(60L * Integer.getInteger("soak.minutes", 0) + 40);

	private static final int CHANNELS = 4;

	private static final int GROUPS = 300;

	private static final String TOKEN = "T0kenOfTheHook";

	private static final Pattern NAME = Pattern.compile("Soak\\d{6}");

	private static final Pattern MISSED = Pattern.compile("※ 장애 동안 미전달.*?다시 옵니다");

	/** A fault each other time, so that something gets through between. */
	private static final List<Fault> FAULTS = List.of(Fault.SERVER_ERROR, Fault.REFUSED, Fault.RATE_LIMITED, Fault.SLOW,
			Fault.NO_ANSWER, Fault.DRIPPING, Fault.BROKEN_OFF, Fault.HTML, Fault.GONE);

	private static final Duration EACH = Duration.ofSeconds(4);

	private final HttpClient client = HttpClient.newHttpClient();

	private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

	private final Map<String, AtomicInteger> shown = new ConcurrentHashMap<>();

	private final Set<String> unmarked = ConcurrentHashMap.newKeySet();

	private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

	private final AtomicLong slowest = new AtomicLong();

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger attempts = new AtomicInteger();

	private final AtomicInteger messages = new AtomicInteger();

	private volatile boolean healed;

	@Test
	void losesNothingAndKeepsItsMemoryItsThreadsAndItsTime(@TempDir Path folder) throws Exception {
		try (FakeDooray dooray = new FakeDooray(); AdapterProcess adapter = adapter(folder, dooray)) {
			adapter.start();
			long start = System.nanoTime();
			for (int i = 0; i < CHANNELS; i++) {
				int channel = i;
				dooray.rule(hook(i), (body) -> take(body, channel, System.nanoTime() - start));
			}
			int sent = 0;
			long heap = 0;
			int threads = 0;
			while (System.nanoTime() - start < LENGTH.toNanos()) {
				LockSupport.parkNanos(start + sent * 200_000_000L - System.nanoTime());
				send(adapter, sent++, Duration.ofMillis(500));
				if (heap == 0 && System.nanoTime() - start > LENGTH.toNanos() / 5) {
					heap = adapter.liveHeap();
					threads = adapter.threads();
				}
			}
			this.healed = true;
			Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> this.open.get() == 0);
			check(adapter, sent, heap, threads);
		}
		finally {
			this.timer.shutdownNow();
		}
	}

	private void check(AdapterProcess adapter, int sent, long heap, int threads) throws Exception {
		long heapAfter = adapter.liveHeap();
		int threadsAfter = adapter.threads();
		long doubled = this.shown.values().stream().filter((times) -> times.get() > 1).count();
		System.out.printf(
				"%d s: %d webhooks in %d attempts, answers %s, the slowest after %.1f s; %d messages, %d told, %d more "
						+ "than once; heap in use %,d KB after a fifth, %,d KB at the end; threads %d, %d; peak memory %,d KB%n",
				LENGTH.toSeconds(), sent, this.attempts.get(),
				this.statuses.stream().collect(Collectors.groupingBy((status) -> status, Collectors.counting())),
				this.slowest.get() / 1e9, this.messages.get(), this.shown.size(), doubled, heap / 1024,
				heapAfter / 1024, threads, threadsAfter, adapter.peakMemory() / 1024);
		assertThat(this.shown).hasSize(sent);
		assertThat(this.unmarked).as("told twice without saying so").isEmpty();
		assertThat(this.statuses).containsOnly(200, 502, 503);
		// The service promises ten; the rest is for a machine that does much else.
		assertThat(Duration.ofNanos(this.slowest.get())).isLessThan(Duration.ofSeconds(12));
		assertThat(heapAfter).isLessThan(heap + 8 * 1024 * 1024);
		assertThat(threadsAfter).isLessThan(threads + 20);
		assertThat(adapter.log()).doesNotContain(TOKEN, "OutOfMemory");
	}

	private static AdapterProcess adapter(Path folder, FakeDooray dooray) throws IOException {
		Map<String, String> environment = new HashMap<>(Map.of("DOORAY_ALLOWED_HOSTS", dooray.host(),
				// Counts would not tell which were told.
				"DOORAY_STORMGROUPS", "100000", "ADAPTER_STATE_DIR",
				Files.createDirectory(folder.resolve("state")).toString()));
		for (int i = 0; i < CHANNELS; i++) {
			environment.put("DOORAY_HOOK_URL_C" + i, dooray.hook(hook(i)));
		}
		return new AdapterProcess(folder, List.of("-Xmx128m"), environment);
	}

	private static String hook(int channel) {
		return "/services/1/" + channel + "/" + TOKEN;
	}

	private FakeDooray.Answer take(String body, int channel, long since) {
		long step = since / EACH.toNanos() + 5 * channel;
		Fault fault = (this.healed || step % 2 == 0) ? Fault.NONE : FAULTS.get((int) (step / 2 % FAULTS.size()));
		this.messages.incrementAndGet();
		if (fault.shows) {
			Set<String> names = NAME.matcher(MISSED.matcher(body).replaceAll(""))
				.results()
				.map(MatchResult::group)
				.collect(Collectors.toSet());
			for (String name : names) {
				int times = this.shown.computeIfAbsent(name, (key) -> new AtomicInteger()).incrementAndGet();
				if (times > 1 && !body.contains("재전송")) {
					this.unmarked.add(name);
				}
			}
		}
		return fault.answer;
	}

	// Sends until it is taken, with growing pauses, as Alertmanager does. A group has a
	// new
	// alert each time it comes round.
	private void send(AdapterProcess adapter, int number, Duration pause) {
		if (pause.toMillis() == 500) {
			this.open.incrementAndGet();
		}
		HttpRequest request = HttpRequest.newBuilder(adapter.uri("/webhook/c" + number % CHANNELS))
			.timeout(Duration.ofSeconds(60))
			.POST(HttpRequest.BodyPublishers.ofString("""
					{"version":"4","receiver":"ops","groupKey":"group-%d","notification_reason":"new alerts added",
					"alerts":[{"status":"firing","labels":{"alertname":"Soak%06d","severity":"warning",
					"instance":"web-%02d"},"annotations":{"summary":"%s"},"startsAt":"%s"}]}""".formatted(
					number % GROUPS, number, number % 20, "알림 ".repeat(number % 50),
					Instant.ofEpochSecond(1_700_000_000L + 120L * number))))
			.build();
		this.attempts.incrementAndGet();
		long start = System.nanoTime();
		this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((answer, failure) -> {
			this.slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
			this.statuses.add((answer != null) ? answer.statusCode() : 0);
			if (answer != null && answer.statusCode() == 200) {
				this.open.decrementAndGet();
				return;
			}
			Duration next = Duration.ofMillis(Math.min(5000, pause.toMillis() * 3 / 2));
			this.timer.schedule(() -> send(adapter, number, next), pause.toMillis(), TimeUnit.MILLISECONDS);
		});
	}

	/**
	 * What Dooray does.
	 */
	private enum Fault {

		NONE(true, FakeDooray.status(200, FakeDooray.SUCCESS)),

		SERVER_ERROR(false, FakeDooray.status(500, "")),

		REFUSED(false, FakeDooray.status(400, "")),

		RATE_LIMITED(false, FakeDooray.status(429, "", "Retry-After", "2")),

		SLOW(true, (exchange, closed) -> {
			closed.await(1500, TimeUnit.MILLISECONDS);
			FakeDooray.status(200, FakeDooray.SUCCESS).send(exchange, closed);
		}),

		/** Shows the message and never says so. */
		NO_ANSWER(true, FakeDooray.hang()),

		DRIPPING(true, FakeDooray.drip()),

		BROKEN_OFF(false, FakeDooray.breakOff()),

		HTML(true, FakeDooray.status(200, "<html>ok</html>")),

		GONE(false, FakeDooray.status(404, ""));

		private final boolean shows;

		private final FakeDooray.Answer answer;

		Fault(boolean shows, FakeDooray.Answer answer) {
			this.shows = shows;
			this.answer = answer;
		}

	}

}
