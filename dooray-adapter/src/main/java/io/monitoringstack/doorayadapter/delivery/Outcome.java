package io.monitoringstack.doorayadapter.delivery;

import java.time.Duration;

/**
 * What became of one message.
 */
public sealed interface Outcome {

	/**
	 * Tells how often the message was posted.
	 * @return number of exchanges begun with Dooray; none when others held the hook
	 */
	int attempts();

	/**
	 * Returns the same outcome after another number of attempts.
	 * @param attempts number of exchanges begun with Dooray
	 * @return the outcome
	 */
	Outcome after(int attempts);

	/**
	 * Dooray took the message.
	 *
	 * @param attempts number of exchanges begun with Dooray
	 */
	record Accepted(int attempts) implements Outcome {

		/** At the first attempt. */
		public Accepted() {
			this(1);
		}

		@Override
		public Accepted after(int attempts) {
			return new Accepted(attempts);
		}

	}

	/**
	 * Dooray did not take the message, or nobody knows.
	 *
	 * @param reason why
	 * @param retryAfter when to try again
	 * @param attempts number of exchanges begun with Dooray
	 */
	record Failed(FailureReason reason, Duration retryAfter, int attempts) implements Outcome {

		/**
		 * At the first attempt.
		 * @param reason why
		 * @param retryAfter when to try again
		 */
		public Failed(FailureReason reason, Duration retryAfter) {
			this(reason, retryAfter, 1);
		}

		@Override
		public Failed after(int attempts) {
			return new Failed(this.reason, this.retryAfter, attempts);
		}

	}

}
