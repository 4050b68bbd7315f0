package io.monitoringstack.pushgatewayproxy.upstream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.netty.buffer.ByteBuf;

/**
 * Searches a scrape for the push time of one group. A push time of zero marks a group to
 * which no push has ever succeeded.
 */
final class PushTimeScan {

	private static final byte[] METRIC = "push_time_seconds{".getBytes(StandardCharsets.US_ASCII);

	/**
	 * Lines of interest are kept up to this length; a longer one is not the one sought.
	 */
	private static final int MAX_LINE = 64 * 1024;

	private final Map<String, String> labels;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);

	private int column;

	private boolean skipped;

	private boolean foundNeverPushed;

	PushTimeScan(GroupingKey key) {
		this.labels = new HashMap<>(key.labels());
		this.labels.putIfAbsent("instance", "");
	}

	void read(ByteBuf data) {
		for (int i = data.readerIndex(); i < data.writerIndex(); i++) {
			read(data.getByte(i));
		}
	}

	boolean foundNeverPushed() {
		return this.foundNeverPushed;
	}

	private void read(byte b) {
		if (b == '\n') {
			if (!this.skipped && this.column > METRIC.length) {
				judge(this.line.toString(StandardCharsets.UTF_8));
			}
			this.line.reset();
			this.column = 0;
			this.skipped = false;
			return;
		}
		if (this.skipped) {
			return;
		}
		boolean unwanted = (this.column < METRIC.length) ? (b != METRIC[this.column]) : (this.column > MAX_LINE);
		if (unwanted) {
			this.skipped = true;
			return;
		}
		this.line.write(b);
		this.column++;
	}

	private void judge(String text) {
		int brace = text.lastIndexOf('}');
		if (brace > 0 && "0".equals(text.substring(brace + 1).strip())
				&& labels(text.substring(METRIC.length, brace)).equals(this.labels)) {
			this.foundNeverPushed = true;
		}
	}

	private static Map<String, String> labels(String text) {
		Map<String, String> labels = new HashMap<>();
		int at = 0;
		while (at < text.length()) {
			int equals = text.indexOf("=\"", at);
			if (equals < 0) {
				break;
			}
			String name = text.substring(at, equals);
			StringBuilder value = new StringBuilder();
			int i = equals + 2;
			for (; i < text.length() && text.charAt(i) != '"'; i++) {
				char c = text.charAt(i);
				if (c == '\\' && i + 1 < text.length()) {
					c = text.charAt(++i);
					value.append((c == 'n') ? '\n' : c);
				}
				else {
					value.append(c);
				}
			}
			labels.put(name, value.toString());
			at = i + 2;
		}
		return labels;
	}

}
