package io.monitoringstack.pushgatewayproxy.push;

import java.nio.channels.ClosedChannelException;

import io.monitoringstack.pushgatewayproxy.encoding.DecodedBody;
import io.monitoringstack.pushgatewayproxy.encoding.SizeLimit;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Collects the body of a request on the heap, within its limits. Network buffers are
 * given back as soon as they are copied, so there is nothing to leak.
 */
final class BodyReader {

	/** A declared length is believed only this far before bytes arrive. */
	private static final int BELIEVED = 64 * 1024;

	private BodyReader() {
	}

	static Mono<DecodedBody> read(ServerHttpRequest request, SizeLimit limit, MemoryBudget.Lease lease) {
		DecodedBody body = new DecodedBody(limit, lease::take);
		long declared = request.getHeaders().getContentLength();
		if (declared > limit.bytes()) {
			return Mono.error(new Refusal(413, Reason.TOO_LARGE,
					"The push has " + declared + " bytes, the limit is " + limit.bytes() + ". " + limit.remedy())
				.asException());
		}
		if (declared > 0) {
			body.expect((int) Math.min(declared, BELIEVED));
		}
		return request.getBody()
			.collect(() -> body, BodyReader::append)
			.onErrorMap((ex) -> !(ex instanceof RefusedException), BodyReader::incomplete);
	}

	private static void append(DecodedBody body, DataBuffer data) {
		try {
			int count = data.readableByteCount();
			int at = body.reserve(count);
			data.read(body.bytes(), at, count);
		}
		finally {
			DataBufferUtils.release(data);
		}
	}

	private static Throwable incomplete(Throwable ex) {
		boolean gone = ex instanceof ClosedChannelException;
		return new Refusal(408, Reason.INCOMPLETE, gone ? "The connection was closed before the whole push had arrived."
				: "The push did not arrive whole. Nothing was stored.")
			.asException();
	}

}
