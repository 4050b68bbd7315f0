package io.monitoringstack.pushgatewayproxy.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One thing done to both sides.
 *
 * @param verb PUT, POST or DELETE; RESTART for stopping and starting Pushgateway
 * @param path address of the group
 * @param protobuf whether the body is protobuf
 * @param gzip whether the body is sent compressed
 * @param body the body
 */
record Step(String verb, String path, boolean protobuf, boolean gzip, byte[] body) {

	static final String RESTART = "RESTART";

	static Step restart() {
		return new Step(RESTART, "", false, false, new byte[0]);
	}

	static Step delete(String path) {
		return new Step("DELETE", path, false, false, new byte[0]);
	}

	boolean isRestart() {
		return RESTART.equals(this.verb);
	}

	boolean isDelete() {
		return "DELETE".equals(this.verb);
	}

	/**
	 * The same step with less in its body, for finding the smallest case.
	 * @return candidates, none for protobuf
	 */
	List<Step> smaller() {
		List<Step> smaller = new ArrayList<>();
		if (this.gzip) {
			smaller.add(new Step(this.verb, this.path, this.protobuf, false, this.body));
		}
		if (!this.protobuf) {
			String[] lines = new String(this.body, StandardCharsets.UTF_8).split("(?<=\n)");
			for (int i = 0; lines.length > 1 && i < lines.length; i++) {
				List<String> rest = new ArrayList<>(Arrays.asList(lines));
				rest.remove(i);
				smaller.add(new Step(this.verb, this.path, false, false,
						String.join("", rest).getBytes(StandardCharsets.UTF_8)));
			}
		}
		return smaller;
	}

	@Override
	public String toString() {
		String text = new String(this.body, this.protobuf ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
		return this.verb + " " + this.path + (this.protobuf ? " protobuf " : " ") + (this.gzip ? "gzip " : "") + '"'
				+ text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + '"';
	}

}
