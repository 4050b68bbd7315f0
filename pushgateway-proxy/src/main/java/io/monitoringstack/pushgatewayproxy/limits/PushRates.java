package io.monitoringstack.pushgatewayproxy.limits;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;

/**
 * Counts how often jobs push. A token bucket of which only one time is kept for each job:
 * when its next push would be due if it kept to its rate. A push may come before that by
 * as much as its burst allows.
 * <p>
 * Jobs are kept up to a number; beyond that the one silent longest is forgotten, which
 * gives it a fresh burst. Whoever makes up job names has a fresh burst with each anyway.
 */
public final class PushRates {

	/** Below a megabyte together. */
	static final int MAX_JOBS = 5000;

	private final LongSupplier nanoTime;

	private final Map<Key, Long> due = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
			return size() > MAX_JOBS;
		}

	};

	/**
	 * Creates an empty count.
	 * @param nanoTime clock that never goes back
	 */
	public PushRates(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Counts a push, or refuses it.
	 * @param job its job
	 * @param limit limits of the job
	 */
	public void take(String job, JobLimit limit) {
		PushRate rate = limit.rate();
		long wait = (rate != null) ? waitNanos(job, rate) : 0;
		if (rate == null || wait <= 0) {
			return;
		}
		long seconds = TimeUnit.NANOSECONDS.toSeconds(wait + TimeUnit.SECONDS.toNanos(1) - 1);
		throw new Refusal(429, Reason.RATE,
				"Job " + Excerpt.quoted(job) + " pushes too often: the limit is " + rate.text() + ", " + rate.burst()
						+ " at once. Nothing was stored. Push again in " + seconds
						+ ((seconds == 1) ? " second" : " seconds") + limit.whose(),
				Map.of("Retry-After", Long.toString(seconds)))
			.asException();
	}

	synchronized int jobs() {
		return this.due.size();
	}

	/**
	 * Counts a push if it may come now.
	 * @param job its job
	 * @param rate rate of the job
	 * @return zero if it was counted, else how long to wait
	 */
	long waitNanos(String job, PushRate rate) {
		Key key = Key.of(job);
		synchronized (this) {
			long now = this.nanoTime.getAsLong();
			Long known = this.due.get(key);
			// A rate that was raised meanwhile takes effect at once.
			long ahead = (known != null)
					? Math.max(0, Math.min(known - now, rate.toleranceNanos() + rate.intervalNanos())) : 0;
			if (ahead > rate.toleranceNanos()) {
				return ahead - rate.toleranceNanos();
			}
			this.due.put(key, now + ahead + rate.intervalNanos());
			return 0;
		}
	}

	/**
	 * A job by the digest of its name, which may be long.
	 */
	private record Key(long high, long low) {

		static Key of(String job) {
			try {
				ByteBuffer digest = ByteBuffer
					.wrap(MessageDigest.getInstance("SHA-256").digest(job.getBytes(StandardCharsets.UTF_8)));
				return new Key(digest.getLong(), digest.getLong());
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException("every JDK has SHA-256", ex);
			}
		}

	}

}
