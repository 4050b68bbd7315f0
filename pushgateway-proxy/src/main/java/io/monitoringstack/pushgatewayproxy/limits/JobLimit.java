package io.monitoringstack.pushgatewayproxy.limits;

import io.monitoringstack.pushgatewayproxy.encoding.SizeLimit;
import io.monitoringstack.pushgatewayproxy.grouping.JobPattern;
import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What the jobs of one line of the file may push. What it does not name is left to the
 * limits for everybody.
 *
 * @param jobs the jobs
 * @param line number of the line
 * @param bytes largest body, as sent and decoded
 * @param series most series in one push
 * @param rate how often each of the jobs may push
 */
public record JobLimit(JobPattern jobs, int line, @Nullable Long bytes, @Nullable Integer series,
		@Nullable PushRate rate) {

	/**
	 * The limit of size.
	 * @param everybody the limit for everybody, which is not lower
	 * @return the one that counts
	 */
	public SizeLimit size(SizeLimit everybody) {
		Long own = this.bytes;
		return (own != null) ? new SizeLimit(own, "Push less at a time" + whose()) : everybody;
	}

	/**
	 * Refuses a push that holds too many series.
	 * @param count series it holds
	 */
	public void checkSeries(int count) {
		Integer most = this.series;
		if (most != null && count > most) {
			throw new Refusal(413, Reason.TOO_MANY_SERIES,
					"The push has " + count + " series, the limit is " + most + ". Push fewer series" + whose())
				.asException();
		}
	}

	String whose() {
		return ", or let the operator raise the limit of jobs " + Excerpt.quoted(this.jobs.text()) + " (line "
				+ this.line + " of PUSH_LIMITS_FILE).";
	}

}
