package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;

import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextCheckFuzzTests {

	private static final ContentRules RULES = new ContentRules(Set.of("job"), false, 1000);

	@Test
	void acceptsOrRefusesEveryTextWithASentence() {
		RandomBodies bodies = new RandomBodies(1);
		int accepted = 0;
		int refused = 0;
		for (int i = 0; i < 50_000; i++) {
			byte[] body = bodies.next().getBytes(StandardCharsets.UTF_8);
			if (accepts(ContentKind.TEXT, body, body.length)) {
				accepted++;
			}
			else {
				refused++;
			}
		}
		assertThat(accepted).isGreaterThan(5000);
		assertThat(refused).isGreaterThan(5000);
	}

	@Test
	void acceptsOrRefusesAnyBytesInBothFormats() {
		Random random = new Random(2);
		for (int i = 0; i < 50_000; i++) {
			byte[] body = new byte[random.nextInt(40)];
			random.nextBytes(body);
			accepts(ContentKind.TEXT, body, body.length);
			accepts(ContentKind.PROTOBUF, body, body.length);
		}
	}

	@Test
	void neverLooksBehindTheEndOfTheBody() {
		RandomBodies bodies = new RandomBodies(3);
		for (int i = 0; i < 5_000; i++) {
			byte[] body = bodies.next().getBytes(StandardCharsets.UTF_8);
			byte[] longer = (new String(body, StandardCharsets.UTF_8) + "x\"} 1\n{").getBytes(StandardCharsets.UTF_8);
			assertThat(accepts(ContentKind.TEXT, longer, body.length))
				.isEqualTo(accepts(ContentKind.TEXT, body, body.length));
		}
	}

	@Test
	void addingAnUnrelatedLineDoesNotChangeTheVerdict() {
		RandomBodies bodies = new RandomBodies(4);
		for (int i = 0; i < 5_000; i++) {
			byte[] body = bodies.next().getBytes(StandardCharsets.UTF_8);
			byte[] more = ("unrelated{q=\"1\"} 1\n" + new String(body, StandardCharsets.UTF_8))
				.getBytes(StandardCharsets.UTF_8);
			if (accepts(ContentKind.TEXT, body, body.length)) {
				assertThat(accepts(ContentKind.TEXT, more, more.length)).isTrue();
			}
		}
	}

	private static boolean accepts(ContentKind kind, byte[] body, int length) {
		try {
			ContentCheck.check(kind, body, length, RULES);
			return true;
		}
		catch (RefusedException ex) {
			assertThat(ex.refusal().text()).isNotBlank();
			return false;
		}
	}

}
