package io.monitoringstack.pushgatewayproxy.upstream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.monitoringstack.pushgatewayproxy.exposition.SeriesHash;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.HeldFamily;
import io.monitoringstack.pushgatewayproxy.index.MetricTypes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the groups out of Pushgateway's {@code /api/v1/metrics} while it arrives. Keeps
 * one group at a time, and of its series only hashes.
 */
final class GroupsReader {

	private static final int GROUP = 3;

	private static final int IN_GROUP = 4;

	private static final int METRIC_LIST = 5;

	private static final int IN_METRIC = 6;

	private static final int METRIC_LABELS = 7;

	private static final String LABELS = "labels";

	private static final String PUSH_TIME = "push_time_seconds";

	private final JsonParser parser = new JsonFactory().createNonBlockingByteArrayParser(ObjectReadContext.empty());

	private final ByteArrayFeeder feeder = (ByteArrayFeeder) this.parser.nonBlockingInputFeeder();

	private final BiConsumer<GroupingKey, List<HeldFamily>> consumer;

	private final List<HeldFamily> families = new ArrayList<>();

	private Map<String, String> groupLabels = new HashMap<>();

	private Map<String, String> object = new HashMap<>();

	private Map<String, String> pushTimeLabels = new HashMap<>();

	private int depth;

	private String member = "";

	private String name = "";

	private boolean family;

	private String type = "";

	private boolean inMetricLabels;

	private long familyHash;

	private long sum;

	private long[] series = new long[16];

	private int count;

	private boolean whole;

	private double pushTime;

	GroupsReader(BiConsumer<GroupingKey, List<HeldFamily>> consumer) {
		this.consumer = consumer;
	}

	void read(ByteBuf data) {
		byte[] bytes = new byte[data.readableBytes()];
		data.readBytes(bytes);
		this.feeder.feedInput(bytes, 0, bytes.length);
		for (JsonToken token = this.parser.nextToken(); token != JsonToken.NOT_AVAILABLE; token = this.parser
			.nextToken()) {
			if (token == null) {
				return;
			}
			take(token);
		}
	}

	/**
	 * When the last push to the group succeeded that is told at this moment.
	 * @return seconds since 1970, 0 if none has
	 */
	double pushTime() {
		return this.pushTime;
	}

	/**
	 * Says that nothing more comes.
	 */
	void end() {
		this.feeder.endOfInput();
		if (!this.whole) {
			throw new IllegalStateException("the list of groups is not complete");
		}
	}

	private void take(JsonToken token) {
		switch (token) {
			case START_OBJECT, START_ARRAY -> {
				this.depth++;
				begin(token);
			}
			case END_OBJECT, END_ARRAY -> {
				end(token);
				this.depth--;
				this.whole = this.depth == 0;
			}
			case PROPERTY_NAME -> name(this.parser.currentName());
			case VALUE_STRING -> value(this.parser.getString());
			default -> {
			}
		}
	}

	private void begin(JsonToken token) {
		if (token == JsonToken.START_OBJECT && this.depth == GROUP) {
			this.families.clear();
			this.groupLabels = new HashMap<>();
			this.pushTimeLabels = new HashMap<>();
			this.pushTime = 0;
		}
		else if (token == JsonToken.START_OBJECT && this.depth == IN_GROUP) {
			this.object = new HashMap<>();
			this.family = false;
			this.type = "";
			this.count = 0;
			this.familyHash = SeriesHash.family(this.member);
		}
		else if (token == JsonToken.START_ARRAY && this.depth == METRIC_LIST && "metrics".equals(this.name)) {
			this.family = true;
			this.type = this.object.getOrDefault("type", "");
		}
		else if (token == JsonToken.START_OBJECT && this.depth == IN_METRIC) {
			this.sum = 0;
		}
		else if (token == JsonToken.START_OBJECT && this.depth == METRIC_LABELS) {
			this.inMetricLabels = LABELS.equals(this.name);
		}
	}

	private void end(JsonToken token) {
		if (token == JsonToken.END_OBJECT && this.depth == IN_METRIC) {
			add(SeriesHash.series(this.familyHash, this.sum));
		}
		else if (token == JsonToken.END_OBJECT && this.depth == IN_GROUP) {
			endOfMember();
		}
		else if (token == JsonToken.END_OBJECT && this.depth == GROUP) {
			this.consumer.accept(new GroupingKey(key()), List.copyOf(this.families));
		}
	}

	private void name(@Nullable String found) {
		this.name = (found != null) ? found : "";
		if (this.depth == GROUP) {
			this.member = this.name;
		}
	}

	private void value(@Nullable String found) {
		String value = (found != null) ? found : "";
		if (this.depth == IN_GROUP) {
			this.object.put(this.name, value);
		}
		else if (this.depth == METRIC_LABELS && this.inMetricLabels) {
			this.sum += SeriesHash.label(this.name, value);
			if (PUSH_TIME.equals(this.member)) {
				this.pushTimeLabels.put(this.name, value);
			}
		}
		else if (this.depth == IN_METRIC && PUSH_TIME.equals(this.member) && "value".equals(this.name)) {
			this.pushTime = Double.parseDouble(value);
		}
	}

	// In a group stand its labels, under that name, and the families under theirs.
	private void endOfMember() {
		if (this.family) {
			this.families.add(
					new HeldFamily(this.member, MetricTypes.number(this.type), Arrays.copyOf(this.series, this.count)));
		}
		else if (LABELS.equals(this.member)) {
			this.groupLabels = this.object;
		}
	}

	// A family named "labels" takes the place of the labels in Pushgateway's answer. The
	// series that Pushgateway makes itself has them, too.
	private Map<String, String> key() {
		if (this.groupLabels.containsKey("job")) {
			return this.groupLabels;
		}
		if ("".equals(this.pushTimeLabels.get("instance"))) {
			this.pushTimeLabels.remove("instance");
		}
		return this.pushTimeLabels;
	}

	private void add(long hash) {
		if (this.count == this.series.length) {
			this.series = Arrays.copyOf(this.series, this.count * 2);
		}
		this.series[this.count++] = hash;
	}

}
