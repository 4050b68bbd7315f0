package io.monitoringstack.pushgatewayproxy.groups;

/**
 * A text that can be looked at only so often, so that no pattern takes for ever.
 */
final class PatientText implements CharSequence {

	private static final int LOOKS = 200_000;

	private final CharSequence text;

	private final int[] looks;

	PatientText(CharSequence text) {
		this(text, new int[1]);
	}

	private PatientText(CharSequence text, int[] looks) {
		this.text = text;
		this.looks = looks;
	}

	@Override
	public int length() {
		return this.text.length();
	}

	@Override
	public char charAt(int index) {
		if (++this.looks[0] > LOOKS) {
			throw Selector.broken("a pattern takes too long");
		}
		return this.text.charAt(index);
	}

	@Override
	public CharSequence subSequence(int start, int end) {
		return new PatientText(this.text.subSequence(start, end), this.looks);
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
