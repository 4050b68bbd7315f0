package io.monitoringstack.demoapp.memo;

/**
 * There is no memo with this number.
 */
public final class MemoNotFoundException extends RuntimeException {

	private final long id;

	public MemoNotFoundException(long id) {
		super("No memo " + id);
		this.id = id;
	}

	public long getId() {
		return this.id;
	}

}
