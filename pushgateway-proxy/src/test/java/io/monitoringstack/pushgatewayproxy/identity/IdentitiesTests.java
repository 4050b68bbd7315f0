package io.monitoringstack.pushgatewayproxy.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import io.monitoringstack.pushgatewayproxy.settings.WatchedSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

class IdentitiesTests {

	private static final Credentials RIGHT = new Credentials("alice", "correct horse battery");

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private Identities identities;

	@BeforeEach
	void read(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("tokens"), "alice " + SecretHashTests.FROM_CRYPT + " jobs=*\n");
		this.identities = new Identities(WatchedSettings.of("PUSH_TOKENS_FILE", file, TokenTable::parse, true));
	}

	@AfterEach
	void stop() {
		this.identities.stop();
	}

	@Test
	void worksSlowHashesOutOnThreadsOfTheirOwnAndKnownOnesAtOnce() {
		String slow = this.identities.identify(RIGHT).map((found) -> Thread.currentThread().getName()).block(PATIENCE);
		assertThat(slow).startsWith("passwords");
		String known = this.identities.identify(RIGHT).map((found) -> Thread.currentThread().getName()).block(PATIENCE);
		assertThat(known).isEqualTo(Thread.currentThread().getName());
	}

	@Test
	void whoGuessesPasswordsFillsTheQueueAndDoesNotKeepThoseOutWhoAreKnown() {
		this.identities.identify(RIGHT).block(PATIENCE);
		List<String> outcomes = Flux.range(0, 200)
			.flatMap((i) -> this.identities.identify(new Credentials("alice", "guess" + i))
				.map((found) -> "in")
				.defaultIfEmpty("nobody")
				.onErrorResume(RefusedException.class,
						(ex) -> Mono.just(ex.refusal().status() + " " + ex.refusal().reason())),
					200)
			.concatWith(this.identities.identify(RIGHT).map((found) -> "alice"))
			.collectList()
			.block(PATIENCE);
		assertThat(outcomes).hasSize(201)
			.contains("nobody", "429 " + Reason.BUSY, "alice")
			.containsOnly("nobody", "429 " + Reason.BUSY, "alice");
	}

}
