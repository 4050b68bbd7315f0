package io.monitoringstack.pushgatewayproxy.grouping;

/**
 * A pattern of job names: {@code *} stands for any characters, everything else for
 * itself. It is no regular expression, because names come from outside and must not make
 * one search for long.
 *
 * @param text the pattern as written
 */
public record JobPattern(String text) {

	/**
	 * Tells whether a job fits.
	 * @param job name of the job
	 * @return whether the whole name fits
	 */
	public boolean matches(String job) {
		String glob = this.text;
		int at = 0;
		int star = -1;
		int behindStar = 0;
		int i = 0;
		while (i < job.length()) {
			if (at < glob.length() && glob.charAt(at) == '*') {
				star = at++;
				behindStar = i;
			}
			else if (at < glob.length() && glob.charAt(at) == job.charAt(i)) {
				at++;
				i++;
			}
			else if (star >= 0) {
				// The last star takes one character more.
				at = star + 1;
				i = ++behindStar;
			}
			else {
				return false;
			}
		}
		while (at < glob.length() && glob.charAt(at) == '*') {
			at++;
		}
		return at == glob.length();
	}

}
