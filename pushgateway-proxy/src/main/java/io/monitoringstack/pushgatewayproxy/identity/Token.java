package io.monitoringstack.pushgatewayproxy.identity;

/**
 * A line of the file: whose the token is, and its hash.
 *
 * @param identity whose it is
 * @param hash hash of the token or password
 */
record Token(Identity identity, SecretHash hash) {

	boolean isNamed(String user) {
		return user.equals(this.identity.name());
	}

}
