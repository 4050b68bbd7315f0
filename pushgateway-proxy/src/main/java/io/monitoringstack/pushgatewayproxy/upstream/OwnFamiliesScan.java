package io.monitoringstack.pushgatewayproxy.upstream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.index.MetricTypes;
import io.netty.buffer.ByteBuf;

/**
 * Finds the families in a scrape that are Pushgateway's own. Every pushed series has a
 * job, no series of its own has one.
 */
final class OwnFamiliesScan {

	private static final int MAX_LINE = 64 * 1024;

	private static final String TYPE = "# TYPE ";

	private final Map<String, Integer> own = new HashMap<>();

	private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);

	private String name = "";

	private String type = "";

	private boolean decided = true;

	void read(ByteBuf data) {
		while (data.isReadable()) {
			byte b = data.readByte();
			if (b == '\n') {
				judge();
				this.line.reset();
			}
			else if (this.line.size() < MAX_LINE) {
				this.line.write(b);
			}
		}
	}

	Map<String, Integer> own() {
		return this.own;
	}

	private void judge() {
		boolean comment = this.line.size() > 0 && this.line.toByteArray()[0] == '#';
		if (!comment && this.decided) {
			return;
		}
		String text = this.line.toString(StandardCharsets.UTF_8);
		if (text.startsWith(TYPE)) {
			int blank = text.lastIndexOf(' ');
			this.name = text.substring(TYPE.length(), Math.max(blank, TYPE.length()));
			this.type = text.substring(blank + 1);
			this.decided = false;
		}
		else if (!comment && !text.contains("{job=\"") && !text.contains(",job=\"")) {
			this.own.put(this.name, MetricTypes.number(this.type));
			this.decided = true;
		}
	}

}
