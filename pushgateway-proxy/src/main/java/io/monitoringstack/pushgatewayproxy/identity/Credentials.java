package io.monitoringstack.pushgatewayproxy.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * What a request shows to be let in.
 *
 * @param user name of the user, none with a bearer token
 * @param secret token or password, a secret
 */
public record Credentials(@Nullable String user, String secret) {

	private static final String BEARER = "Bearer ";

	private static final String BASIC = "Basic ";

	/**
	 * Reads an Authorization header.
	 * @param authorization value of the header, if there is one
	 * @return what it shows, or {@code null} if that is neither a bearer token nor basic
	 * authentication
	 */
	public static @Nullable Credentials read(@Nullable String authorization) {
		if (authorization == null) {
			return null;
		}
		if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			return new Credentials(null, authorization.substring(BEARER.length()).strip());
		}
		if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
			return null;
		}
		try {
			byte[] decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
			String userAndPassword = new String(decoded, StandardCharsets.UTF_8);
			int colon = userAndPassword.indexOf(':');
			return (colon < 0) ? null
					: new Credentials(userAndPassword.substring(0, colon), userAndPassword.substring(colon + 1));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	@Override
	public String toString() {
		return "Credentials[<redacted>]";
	}

}
