package io.monitoringstack.pushgatewayproxy.push;

import java.net.InetSocketAddress;

import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Decides who it is that pushes, where that matters: what one source pushed into a group
 * is not removed by the PUT of another.
 */
final class PushSource {

	static final String HEADER = "X-Push-Source";

	private static final String IDENTITY = PushSource.class.getName();

	private static final int LONGEST = 120;

	private PushSource() {
	}

	/**
	 * Notes whose token a push brought.
	 * @param exchange the push
	 * @param identity name of the token, if it has one
	 */
	static void note(ServerWebExchange exchange, @Nullable String identity) {
		if (identity != null) {
			exchange.getAttributes().put(IDENTITY, identity);
		}
	}

	/**
	 * Finds the source of a push: what it calls itself, else the name of its token, else
	 * the address of its connection. Forwarded headers are not believed.
	 * @param exchange the push
	 * @return the source, of use only within the group of the push
	 */
	static String of(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		String named = request.getHeaders().getFirst(HEADER);
		if (named != null) {
			return "source " + checked(named.strip());
		}
		String identity = exchange.getAttribute(IDENTITY);
		return (identity != null) ? "token " + identity : "address " + address(request.getRemoteAddress());
	}

	private static String checked(String name) {
		boolean usable = !name.isEmpty() && name.length() <= LONGEST
				&& name.chars().allMatch((c) -> c > ' ' && c < 127);
		if (!usable) {
			throw new Refusal(400, Reason.SOURCE,
					HEADER + " is " + Excerpt.quoted(name) + ". Name the source with 1 to " + LONGEST
							+ " letters, digits or signs of ASCII without blanks, for example nightly-backup.")
				.asException();
		}
		return name;
	}

	private static String address(@Nullable InetSocketAddress client) {
		return (client != null && client.getAddress() != null) ? client.getAddress().getHostAddress() : "-";
	}

}
