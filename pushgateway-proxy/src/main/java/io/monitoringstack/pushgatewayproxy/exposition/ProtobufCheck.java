package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Checks one body in the delimited protobuf format: framing, wire form, and those
 * contradictions that Pushgateway refuses whatever else is stored.
 */
final class ProtobufCheck {

	private final byte[] body;

	private final int length;

	private final ContentRules rules;

	ProtobufCheck(byte[] body, int length, ContentRules rules) {
		this.body = body;
		this.length = length;
		this.rules = rules;
	}

	PushContent check() {
		// Of two families with one name Pushgateway keeps the later one.
		Map<String, MetricFamily> byName = new LinkedHashMap<>();
		int from = 0;
		while (from < this.length) {
			WireReader frame = new WireReader(this.body, from, this.length);
			long size = frame.varint();
			from = frame.pos();
			if (size < 0 || size > this.length - from) {
				throw WireReader.broken("a message announces " + Long.toUnsignedString(size) + " bytes, but "
						+ (this.length - from) + " are left");
			}
			MetricFamily family = family(from, from + (int) size);
			byName.put(family.name(), family);
			from += (int) size;
		}
		return this.rules.isSyntaxOnly() ? new PushContent(0, List.of(), null) : judge(byName.values());
	}

	private PushContent judge(Iterable<MetricFamily> all) {
		Families families = new Families();
		List<PushedFamily> pushed = new ArrayList<>();
		Refusal failureTimeFault = null;
		int series = 0;
		for (MetricFamily family : all) {
			byte[] name = family.name().getBytes(StandardCharsets.UTF_8);
			Family known = families.findOrCreate(name, 0, name.length);
			known.type(typeOf(family));
			if (family.timestamp()) {
				throw new Refusal(400, Reason.TIMESTAMP, "pushed metrics must not have timestamps, but metric "
						+ Excerpt.plain(family.name()) + " has one. Pushgateway keeps the time of the push itself.")
					.asException();
			}
			series += family.series();
			if (series > this.rules.maxSeries()) {
				throw new Refusal(413, Reason.TOO_MANY_SERIES,
						"The push has more than " + this.rules.maxSeries()
								+ " series. Push fewer series, or let the operator raise PUSH_MAX_SERIES.")
					.asException();
			}
			if (this.rules.isComplete()) {
				requireScrapeable(family);
			}
			if (!known.isReplacedByPushgateway()) {
				compare(family, known);
			}
			else if (known.isFailureTime() && this.rules.isComplete()) {
				failureTimeFault = failureTimeFault(family, known);
			}
			if (this.rules.isComplete()) {
				pushed.add(known.pushed(family.type()));
			}
		}
		String collision = families.suffixCollision(true);
		if (collision != null) {
			throw new Refusal(400, Reason.CONFLICT, collision).asException();
		}
		return new PushContent(series, pushed, failureTimeFault);
	}

	private @Nullable Refusal failureTimeFault(MetricFamily family, Family known) {
		if (family.metrics().isEmpty()) {
			return conflict(family, "has no samples, which Pushgateway's own pages cannot show").refusal();
		}
		try {
			compare(family, known);
			return null;
		}
		catch (RefusedException ex) {
			return ex.refusal();
		}
	}

	// Pushgateway's check takes the following, but then its scrape is empty or not
	// readable, or its own pages break off, until the group is deleted.
	private static void requireScrapeable(MetricFamily family) {
		if (family.name().isEmpty()) {
			throw new Refusal(400, Reason.CONFLICT, "A metric has no name. Give each MetricFamily one.").asException();
		}
		if (!family.validName()) {
			throw conflict(family, "has a name that is not valid UTF-8");
		}
		if (family.type() < 0 || family.type() >= FamilyType.values().length) {
			throw conflict(family, "has a type that does not exist, number " + family.type());
		}
		if (family.brokenHistogram()) {
			throw conflict(family,
					"has a native histogram whose spans do not fit its buckets, or with a schema outside -4 to 8");
		}
	}

	private static FamilyType typeOf(MetricFamily family) {
		// A number without a meaning takes part in no check; gauge histograms do not
		// either.
		boolean known = family.type() >= 0 && family.type() < FamilyType.values().length;
		return known ? FamilyType.values()[family.type()] : FamilyType.GAUGE_HISTOGRAM;
	}

	private void compare(MetricFamily family, Family known) {
		SeriesSet set = new SeriesSet();
		SampleLabels labels = new SampleLabels(this.rules.groupLabels());
		FamilyType type = typeOf(family);
		NameReader name = new NameReader(new TextCursor(this.body, this.length), true);
		name.bytes = this.body;
		int place = 1;
		for (Metric metric : family.metrics()) {
			if (type != FamilyType.GAUGE_HISTOGRAM && (metric.kinds() & (1 << type.ordinal())) == 0) {
				throw conflict(family, "has a metric that is not a " + type);
			}
			labels.clear();
			for (Label label : metric.labels()) {
				addLabel(family, metric, labels, name, label);
			}
			if (set.add(labels.stored(), place, place) != 0) {
				throw new Refusal(400, Reason.DUPLICATE,
						"Metric " + Excerpt.plain(family.name())
								+ " has the same combination of labels twice. Send each once per push."
								+ (labels.overwritten() ? " The labels of the path overwrite those of the body." : ""))
					.asException();
			}
			if (this.rules.isComplete()) {
				known.addSeries(labels.stored());
			}
			place++;
		}
	}

	private void addLabel(MetricFamily family, Metric metric, SampleLabels labels, NameReader name, Label label) {
		name.from = label.nameFrom();
		name.to = label.nameTo();
		if (labels.isFull()) {
			throw new Refusal(413, Reason.TOO_MANY_SERIES,
					"A series of the push has more than " + ContentRules.MAX_LABELS + " labels.")
				.asException();
		}
		if (name.isEmpty() || name.startsReserved() || !Utf8.isValid(this.body, name.from, name.to)) {
			throw conflict(family, "has a label with an invalid name: " + name);
		}
		if (name.is("quantile") && (metric.kinds() & (1 << FamilyType.SUMMARY.ordinal())) != 0) {
			throw conflict(family, "is a summary and must not have an explicit \"quantile\" label");
		}
		if (!labels.addName(name)) {
			throw conflict(family, "has two or more labels with the same name: " + name);
		}
		boolean fromGroup = this.rules.groupLabels().contains(text(label.nameFrom(), label.nameTo()));
		if (!fromGroup && !Utf8.isValid(this.body, label.valueFrom(), label.valueTo())) {
			throw conflict(family, "has a label whose value is not valid UTF-8: " + name);
		}
		labels.addValue(Hashing.of(this.body, label.valueFrom(), label.valueTo()));
	}

	private static RefusedException conflict(MetricFamily family, String how) {
		return new Refusal(400, Reason.CONFLICT, "Metric " + Excerpt.plain(family.name()) + " " + how + ".")
			.asException();
	}

	private MetricFamily family(int from, int to) {
		String name = "";
		boolean validName = true;
		int type = 0;
		int series = 0;
		boolean timestamp = false;
		List<Metric> metrics = new ArrayList<>();
		WireReader reader = new WireReader(this.body, from, to);
		while (reader.next()) {
			if (reader.form == WireReader.BYTES) {
				if (reader.field == 1) {
					name = text(reader.from, reader.to);
					validName = Utf8.isValid(this.body, reader.from, reader.to);
				}
				else if (reader.field == 4) {
					Metric metric = metric(reader.from, reader.to);
					metrics.add(metric);
					series += metric.series();
					timestamp |= metric.timestamp();
				}
			}
			else if (reader.form == WireReader.VARINT && reader.field == 3) {
				type = (int) reader.varint;
			}
		}
		return new MetricFamily(name, validName, type, metrics, series, timestamp);
	}

	private Metric metric(int from, int to) {
		List<Label> labels = new ArrayList<>();
		int kinds = 0;
		int series = 0;
		boolean timestamp = false;
		NativeHistogram histogram = new NativeHistogram();
		WireReader reader = new WireReader(this.body, from, to);
		while (reader.next()) {
			if (reader.form == WireReader.VARINT) {
				timestamp |= reader.field == 6;
			}
			else if (reader.form == WireReader.BYTES) {
				WireType message = WireType.METRIC.message(reader.field);
				if (message == WireType.LABEL_PAIR) {
					labels.add(label(reader.from, reader.to));
				}
				else if (message != null) {
					series += walk(message, reader.from, reader.to) + extraSeries(message);
					kinds |= 1 << kind(message).ordinal();
					if (message == WireType.HISTOGRAM && this.rules.isComplete()) {
						histogram.read(this.body, reader.from, reader.to);
					}
				}
			}
		}
		return new Metric(labels, kinds, Math.max(1, series), timestamp, histogram.seen() && !histogram.isReadable());
	}

	private Label label(int from, int to) {
		int nameFrom = from;
		int nameTo = from;
		int valueFrom = from;
		int valueTo = from;
		WireReader reader = new WireReader(this.body, from, to);
		while (reader.next()) {
			if (reader.form == WireReader.BYTES && reader.field == 1) {
				nameFrom = reader.from;
				nameTo = reader.to;
			}
			else if (reader.form == WireReader.BYTES && reader.field == 2) {
				valueFrom = reader.from;
				valueTo = reader.to;
			}
		}
		return new Label(nameFrom, nameTo, valueFrom, valueTo);
	}

	// Checks the wire form of a message and of the messages in it.
	private int walk(WireType message, int from, int to) {
		int parts = 0;
		WireReader reader = new WireReader(this.body, from, to);
		while (reader.next()) {
			if (reader.form != WireReader.BYTES) {
				continue;
			}
			WireType inner = message.message(reader.field);
			if (inner != null) {
				parts += (inner == WireType.QUANTILE || inner == WireType.BUCKET) ? 1 : 0;
				walk(inner, reader.from, reader.to);
			}
			else if (message.isPackedVarint(reader.field)) {
				WireReader numbers = new WireReader(this.body, reader.from, reader.to);
				while (numbers.pos() < reader.to) {
					numbers.varint();
				}
			}
			else if (message.isPackedDouble(reader.field) && (reader.to - reader.from) % 8 != 0) {
				throw WireReader.broken("a list of numbers is cut short");
			}
		}
		return parts;
	}

	private static int extraSeries(WireType message) {
		return switch (message) {
			case SUMMARY -> 2;
			case HISTOGRAM -> 3;
			default -> 1;
		};
	}

	private static FamilyType kind(WireType message) {
		return switch (message) {
			case GAUGE -> FamilyType.GAUGE;
			case COUNTER -> FamilyType.COUNTER;
			case SUMMARY -> FamilyType.SUMMARY;
			case HISTOGRAM -> FamilyType.HISTOGRAM;
			default -> FamilyType.UNTYPED;
		};
	}

	private String text(int from, int to) {
		return new String(this.body, from, to - from, StandardCharsets.UTF_8);
	}

	private record MetricFamily(String name, boolean validName, int type, List<Metric> metrics, int series,
			boolean timestamp) {

		boolean brokenHistogram() {
			return this.type == FamilyType.HISTOGRAM.ordinal()
					&& this.metrics.stream().anyMatch(Metric::brokenHistogram);
		}

	}

	private record Metric(List<Label> labels, int kinds, int series, boolean timestamp, boolean brokenHistogram) {

	}

	private record Label(int nameFrom, int nameTo, int valueFrom, int valueTo) {

	}

}
