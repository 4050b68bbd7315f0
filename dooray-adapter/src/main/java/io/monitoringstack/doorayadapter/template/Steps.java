package io.monitoringstack.doorayadapter.template;

import io.monitoringstack.doorayadapter.message.TemplateException;

/**
 * How much work a template may make for one message: loops within loops grow faster than
 * their author thinks.
 */
final class Steps {

	static final int MOST = 200_000;

	private int left = MOST;

	void take(int steps) {
		this.left -= steps;
		if (this.left < 0) {
			throw new TemplateException("takes more than %,d steps for one message".formatted(MOST));
		}
	}

}
