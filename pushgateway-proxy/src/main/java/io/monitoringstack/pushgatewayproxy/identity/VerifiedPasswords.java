package io.monitoringstack.pushgatewayproxy.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Remembers which passwords were found to be right, so that the slow hash is worked out
 * once and not for every push. What is kept is a digest under a key that is made at
 * random and never leaves the memory; it is gone with the file it was checked against.
 */
final class VerifiedPasswords {

	static final int MOST = 1000;

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKeySpec key = randomKey();

	private final Map<ByteBuffer, Identity> verified = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Identity> eldest) {
			return size() > MOST;
		}

	};

	@Nullable Identity find(String user, String password) {
		ByteBuffer digest = digest(user, password);
		synchronized (this.verified) {
			return this.verified.get(digest);
		}
	}

	void add(String user, String password, Identity identity) {
		ByteBuffer digest = digest(user, password);
		synchronized (this.verified) {
			this.verified.put(digest, identity);
		}
	}

	int size() {
		synchronized (this.verified) {
			return this.verified.size();
		}
	}

	// Names of users hold no NUL, so user and password cannot be mistaken for others.
	private ByteBuffer digest(String user, String password) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return ByteBuffer.wrap(mac.doFinal((user + '\0' + password).getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every JDK has " + ALGORITHM, ex);
		}
	}

	private static SecretKeySpec randomKey() {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		return new SecretKeySpec(key, ALGORITHM);
	}

}
