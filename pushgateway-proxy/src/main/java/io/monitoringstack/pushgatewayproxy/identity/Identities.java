package io.monitoringstack.pushgatewayproxy.identity;

import java.util.concurrent.RejectedExecutionException;

import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.settings.WatchedSettings;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Finds out by the tokens of the file who pushes. Slow hashes are worked out on threads
 * of their own, and only so many wait for that.
 */
public final class Identities {

	private static final int THREADS = 2;

	private static final int WAITING = 16;

	private final WatchedSettings<TokenTable> tokens;

	private final Scheduler passwords = Schedulers.newBoundedElastic(THREADS, WAITING, "passwords", 60, true);

	/**
	 * Creates it.
	 * @param tokens tokens of the file
	 */
	public Identities(WatchedSettings<TokenTable> tokens) {
		this.tokens = tokens;
	}

	/**
	 * Whether there are any tokens.
	 * @return whether one is needed
	 */
	public boolean isRequired() {
		return !this.tokens.current().isEmpty();
	}

	/**
	 * Finds out who it is.
	 * @param credentials what was shown
	 * @return who it is, empty if it is nobody
	 */
	public Mono<Identity> identify(Credentials credentials) {
		TokenTable table = this.tokens.current();
		Identity found = table.find(credentials);
		if (found != null || !table.isSlow(credentials)) {
			return Mono.justOrEmpty(found);
		}
		return Mono.fromCallable(() -> table.findSlowly(credentials))
			.subscribeOn(this.passwords)
			.onErrorMap(RejectedExecutionException.class, (ex) -> Refusal.retryLater(429, Reason.BUSY,
					"Too many passwords are being checked at this moment. Nothing was stored; push again in a few seconds.")
				.asException());
	}

	/**
	 * Ends its threads.
	 */
	public void stop() {
		this.passwords.dispose();
	}

}
