package io.monitoringstack.dooraysimulator.behaviour;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One way to answer a post to the hook.
 */
public enum Mode {

	/** 200 with Dooray's JSON header. */
	OK("ok", true),

	/** 200 without a body, as hooks were seen to answer. */
	OK_EMPTY("ok-empty", true),

	/** 200 with a body that is not JSON. */
	OK_HTML("ok-html", true),

	/** 200 whose JSON header says that the call failed. */
	NOT_SUCCESSFUL("not-successful", false),

	/** The status that was asked for. */
	STATUS("status", false),

	/** No answer for as long as the caller waits. */
	HANG("hang", false),

	/** The connection is reset instead of an answer. */
	RESET("reset", false);

	private final String name;

	private final boolean accepting;

	Mode(String name, boolean accepting) {
		this.name = name;
		this.accepting = accepting;
	}

	/**
	 * Return the name used in JSON.
	 * @return the name used in JSON
	 */
	public String wireName() {
		return this.name;
	}

	/**
	 * Return whether a proper message is delivered in this mode.
	 * @return whether messages are accepted
	 */
	public boolean isAccepting() {
		return this.accepting;
	}

	static Optional<Mode> named(String name) {
		return Arrays.stream(values()).filter((mode) -> mode.name.equals(name)).findFirst();
	}

	static String names() {
		return Arrays.stream(values()).map(Mode::wireName).collect(Collectors.joining(", "));
	}

}
