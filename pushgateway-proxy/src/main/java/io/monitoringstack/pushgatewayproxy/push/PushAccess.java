package io.monitoringstack.pushgatewayproxy.push;

import java.util.Map;

import io.monitoringstack.pushgatewayproxy.identity.Credentials;
import io.monitoringstack.pushgatewayproxy.identity.Identities;
import io.monitoringstack.pushgatewayproxy.identity.Identity;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

/**
 * Lets pushes and deletes in: by the one token that may do everything, or by one of those
 * in the file.
 */
public final class PushAccess {

	private static final Refusal MISSING = new Refusal(401, Reason.UNAUTHORIZED,
			"A token is needed to push here: send it as Authorization: Bearer <token>, or as the password of basic authentication.",
			Map.of(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"pushgateway\""));

	private final PushToken token;

	private final Identities identities;

	PushAccess(PushToken token, Identities identities) {
		this.token = token;
		this.identities = identities;
	}

	/**
	 * Whether the Authorization header is for the proxy, so that it does not go on.
	 * @return whether a token is needed
	 */
	public boolean isRequired() {
		return this.token.isRequired() || this.identities.isRequired();
	}

	/**
	 * Finds out who sends a request.
	 * @param authorization value of the Authorization header, if there is one
	 * @return who it is; fails if a token is needed and this is none
	 */
	Mono<Identity> identify(@Nullable String authorization) {
		if (!isRequired()) {
			return Mono.just(Identity.ANYONE);
		}
		Credentials credentials = Credentials.read(authorization);
		if (credentials == null) {
			return Mono.error(MISSING.asException());
		}
		if (this.token.isRequired() && this.token.accepts(credentials)) {
			return Mono.just(Identity.ANYONE);
		}
		return this.identities.identify(credentials).switchIfEmpty(Mono.error(() -> MISSING.asException()));
	}

}
