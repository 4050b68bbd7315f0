package io.monitoringstack.pushgatewayproxy.exposition;

import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;

/**
 * Checks the decoded body of a push, in whichever of the two formats it is. Open this
 * first in the package; {@link TextCheck} and {@link ProtobufCheck} do the work.
 */
public final class ContentCheck {

	private ContentCheck() {
	}

	/**
	 * Checks a body.
	 * @param kind format Pushgateway will read it in
	 * @param body array that begins with the body
	 * @param length length of the body in bytes
	 * @param rules what to check against
	 * @return what the push holds
	 * @throws RefusedException if Pushgateway could not read the body, or would refuse it
	 * for a contradiction within itself
	 */
	public static PushContent check(ContentKind kind, byte[] body, int length, ContentRules rules) {
		if (kind == ContentKind.PROTOBUF) {
			return new ProtobufCheck(body, length, rules).check();
		}
		try {
			return new TextCheck(body, length, rules).check();
		}
		catch (RefusedException ex) {
			throw explained(ex, body, length);
		}
	}

	/**
	 * Tells whether Pushgateway could read a body that was refused, so that it would have
	 * found the fault only when storing it. Its parser comes first: a syntax error behind
	 * the fault that was refused hides that.
	 * @param kind format Pushgateway will read it in
	 * @param body array that begins with the body
	 * @param length length of the body in bytes
	 * @param rules what it was checked against
	 * @return whether the syntax is right
	 */
	public static boolean isReadable(ContentKind kind, byte[] body, int length, ContentRules rules) {
		try {
			check(kind, body, length, rules.syntaxOnly());
			return true;
		}
		catch (RefusedException ex) {
			return false;
		}
	}

	static RefusedException explained(RefusedException ex, byte[] body, int length) {
		Reason reason = ex.refusal().reason();
		String foreign = (reason == Reason.SYNTAX || reason == Reason.NEWLINE) ? ForeignFormat.explain(body, length)
				: null;
		return (foreign != null)
				? new Refusal(400, Reason.SYNTAX, foreign + "\n(" + ex.refusal().text() + ")").asException() : ex;
	}

}
