package io.monitoringstack.pushgatewayproxy.exposition;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.monitoringstack.pushgatewayproxy.RealPushgateway;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks our checks and a real Pushgateway about the same random bodies. Where they differ,
 * Pushgateway is right.
 */
class DifferentialIT {

	private static final ContentRules RULES = new ContentRules(Set.of("job", "b"), false, 100_000);

	private static final int BODIES = Integer.getInteger("differential.bodies", 4000);

	private static RealPushgateway pushgateway;

	private static HttpClient client;

	@BeforeAll
	static void start() {
		pushgateway = RealPushgateway.start();
		client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	}

	@AfterAll
	static void stop() {
		if (pushgateway != null) {
			pushgateway.close();
		}
	}

	@Test
	void textIsJudgedAsPushgatewayJudgesIt() throws Exception {
		RandomBodies bodies = new RandomBodies(Long.getLong("differential.seed", 42));
		compare(ContentKind.TEXT, () -> bodies.next().getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void protobufIsJudgedAsPushgatewayJudgesIt() throws Exception {
		Random random = new Random(Long.getLong("differential.seed", 42));
		compare(ContentKind.PROTOBUF, () -> randomProtobuf(random));
	}

	@Test
	void damagedBytesAreJudgedAsPushgatewayJudgesThem() throws Exception {
		Random random = new Random(5);
		compare(ContentKind.PROTOBUF, () -> {
			byte[] body = randomProtobuf(random);
			if (body.length > 0) {
				body[random.nextInt(body.length)] = (byte) random.nextInt(256);
			}
			return body;
		});
	}

	private static void compare(ContentKind kind, Supplier<byte[]> bodies) throws Exception {
		Set<String> differences = new TreeSet<>();
		int accepted = 0;
		int refused = 0;
		for (int i = 0; i < BODIES; i++) {
			byte[] body = bodies.get();
			String ours = ourVerdict(kind, body);
			String theirs = theirVerdict(kind, body);
			if (theirs.isEmpty()) {
				accepted++;
			}
			else {
				refused++;
			}
			if (ours.isEmpty() != theirs.isEmpty() && !isLeftToPushgateway(body, ours, theirs)) {
				differences.add("body " + new String(body, StandardCharsets.ISO_8859_1) + "\n  ours: " + ours
						+ "\n  theirs: " + theirs);
			}
		}
		assertThat(differences).isEmpty();
		assertThat(accepted).isGreaterThan(BODIES / 10);
		assertThat(refused).isGreaterThan(BODIES / 10);
	}

	/**
	 * Samples that begin with a brace can mix with what the line before left behind.
	 * Their syntax is checked here; whether the result contradicts itself is left to
	 * Pushgateway.
	 */
	private static boolean isLeftToPushgateway(byte[] body, String ours, String theirs) {
		String text = "\n" + new String(body, StandardCharsets.UTF_8).replaceAll("[ \t]", "");
		return ours.isEmpty() && theirs.startsWith("pushed metrics are invalid or inconsistent")
				&& text.contains("\n{");
	}

	private static String ourVerdict(ContentKind kind, byte[] body) {
		try {
			ContentCheck.check(kind, body, body.length, RULES);
			return "";
		}
		catch (RefusedException ex) {
			return ex.refusal().text();
		}
	}

	/**
	 * Pushes to a fresh group of an empty Pushgateway, so that only the push itself
	 * decides.
	 */
	private static String theirVerdict(ContentKind kind, byte[] body) throws IOException, InterruptedException {
		URI group = pushgateway.url().resolve("/metrics/job/differential/b/fixed");
		HttpRequest.Builder push = HttpRequest.newBuilder(group).PUT(BodyPublishers.ofByteArray(body));
		if (kind == ContentKind.PROTOBUF) {
			push.header("Content-Type", ContentKind.PROTOBUF_TYPE);
		}
		String verdict;
		try {
			HttpResponse<String> answer = client.send(push.build(), BodyHandlers.ofString());
			verdict = (answer.statusCode() == 200) ? "" : answer.body();
		}
		catch (IOException ex) {
			// Some versions crash on a few bodies and drop the connection.
			verdict = "no answer: " + ex.getMessage();
		}
		client.send(HttpRequest.newBuilder(group).DELETE().build(), BodyHandlers.discarding());
		return verdict;
	}

	private static byte[] randomProtobuf(Random random) {
		String[] names = { "x", "y", "x_sum", "x_count", "push_time_seconds" };
		String[] labels = { "a", "b", "instance", "quantile", "__r", "" };
		byte[][] families = new byte[random.nextInt(4)][];
		for (int i = 0; i < families.length; i++) {
			byte[][] metrics = new byte[random.nextInt(3)][];
			int type = random.nextInt(5);
			for (int j = 0; j < metrics.length; j++) {
				boolean odd = random.nextInt(15) == 0;
				String[] pair = { labels[random.nextInt(odd ? labels.length : 4)], "" + random.nextInt(3) };
				byte[] metric = ProtobufBodies.metric(odd ? random.nextInt(5) : type, j, pair);
				metrics[j] = (random.nextInt(25) == 0) ? ProtobufBodies.withTimestamp(metric) : metric;
			}
			families[i] = ProtobufBodies.family(names[random.nextInt(names.length)], type, metrics);
		}
		return ProtobufBodies.delimited(families);
	}

}
