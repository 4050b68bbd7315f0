package io.monitoringstack.doorayadapter.dooray;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Takes in the start of an answer and ends the exchange when that is enough. What came is
 * there also when the rest never comes.
 */
final class AnswerBody implements HttpResponse.BodyHandler<Void>, HttpResponse.BodySubscriber<Void> {

	/** Dooray's answers have a few hundred bytes. */
	private static final int MAX_BYTES = 65_536;

	private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private volatile HttpResponse.@Nullable ResponseInfo info;

	private volatile Flow.@Nullable Subscription subscription;

	@Override
	public HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo info) {
		this.info = info;
		return this;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		synchronized (this.bytes) {
			for (ByteBuffer buffer : buffers) {
				byte[] part = new byte[Math.min(buffer.remaining(), MAX_BYTES - this.bytes.size())];
				buffer.get(part);
				this.bytes.writeBytes(part);
			}
			if (this.bytes.size() < MAX_BYTES) {
				return;
			}
		}
		Flow.Subscription open = this.subscription;
		if (open != null) {
			open.cancel();
		}
		this.done.complete(null);
	}

	@Override
	public void onError(Throwable failure) {
		this.done.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		this.done.complete(null);
	}

	@Override
	public CompletionStage<@Nullable Void> getBody() {
		return this.done;
	}

	// Returns status and headers, null when there was no answer.
	HttpResponse.@Nullable ResponseInfo info() {
		return this.info;
	}

	byte[] received() {
		synchronized (this.bytes) {
			return this.bytes.toByteArray();
		}
	}

}
