package io.monitoringstack.stacktests.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Grafana's own description of a dashboard's JSON, as its published packages have it.
 * {@code src/schema/extract.mjs} writes it down from them. Reading is strict: a key that
 * Grafana does not know is a fault, because Grafana itself passes over it in silence.
 */
final class GrafanaSchema {

	private static final JsonNode SCHEMA = read();

	/**
	 * What Prometheus' plug-in reads from an annotation, which the description of
	 * dashboards leaves to plug-ins.
	 */
	private static final Set<String> PROMETHEUS_ANNOTATION = Set.of("expr", "step", "tagKeys", "textFormat",
			"titleFormat");

	private final List<String> faults = new ArrayList<>();

	private GrafanaSchema() {
	}

	/**
	 * Return what is wrong with a dashboard.
	 * @param dashboard its JSON
	 * @return faults with their place, none if it is well-formed
	 */
	static List<String> faults(JsonNode dashboard) {
		GrafanaSchema schema = new GrafanaSchema();
		schema.read(dashboard, SCHEMA.path("types").path("Dashboard"), "", "panels");
		dashboard.path("panels").forEach(schema::panel);
		return schema.faults;
	}

	private void panel(JsonNode panel) {
		String type = panel.path("type").asString();
		String place = "/panel " + panel.path("id");
		if ("row".equals(type)) {
			check(panel, entry("RowPanel"), place);
			return;
		}
		JsonNode options = SCHEMA.path("entries").path("options:" + type);
		if (options.isMissingNode()) {
			this.faults.add("%s: type %s is not one of those that are described".formatted(place, type));
			return;
		}
		check(panel, entry("Panel"), place);
		check(panel.path("options"), options, place + "/options");
		JsonNode custom = panel.path("fieldConfig").path("defaults").path("custom");
		JsonNode described = entry("custom:" + type);
		if (described.isObject()) {
			check(custom, described, place + "/custom");
		}
		else if (!custom.isMissingNode()) {
			this.faults.add("%s: %s has no custom settings".formatted(place, type));
		}
		for (JsonNode target : panel.path("targets")) {
			String source = target.path("datasource").path("type").asString();
			check(target, entry("query:" + source), place + "/target " + target.path("refId"));
		}
	}

	private void check(JsonNode value, JsonNode type, String place) {
		if (value.isMissingNode() || "any".equals(type.asString(""))) {
			return;
		}
		if (type.has("of")) {
			if (expect(value.isObject(), value, type, place)) {
				read(value, SCHEMA.path("types").path(type.path("of").asString()), place, null);
			}
		}
		else if (type.has("list")) {
			if (expect(value.isArray(), value, type, place)) {
				value.forEach((element) -> check(element, type.path("list"), place + "[]"));
			}
		}
		else if (type.has("map")) {
			if (expect(value.isObject(), value, type, place)) {
				value.forEach((element) -> check(element, type.path("map"), place + "{}"));
			}
		}
		else {
			expect(isOne(value, type), value, type, place);
		}
	}

	private boolean isOne(JsonNode value, JsonNode type) {
		if (type.has("only")) {
			return type.path("only")
				.valueStream()
				.anyMatch((allowed) -> allowed.asString().equals(value.asString(null)));
		}
		if (type.has("oneOf")) {
			return type.path("oneOf").valueStream().anyMatch((option) -> fits(value, option));
		}
		return switch (type.asString()) {
			case "string" -> value.isString();
			case "number" -> value.isNumber();
			case "boolean" -> value.isBoolean();
			case "null" -> value.isNull();
			default -> throw new IllegalStateException("not understood: " + type);
		};
	}

	private static boolean fits(JsonNode value, JsonNode type) {
		GrafanaSchema attempt = new GrafanaSchema();
		attempt.check(value, type, "");
		return attempt.faults.isEmpty();
	}

	private void read(JsonNode value, JsonNode fields, String place, String lookedAtElsewhere) {
		value.properties().forEach((field) -> {
			JsonNode type = fields.has(field.getKey()) ? fields.path(field.getKey()) : fields.path("*");
			if (place.startsWith("/annotations/list") && PROMETHEUS_ANNOTATION.contains(field.getKey())) {
				return;
			}
			if (type.isMissingNode()) {
				this.faults.add("%s: Grafana knows no '%s' here".formatted(place, field.getKey()));
			}
			else if (!field.getKey().equals(lookedAtElsewhere)) {
				check(field.getValue(), type, place + "/" + field.getKey());
			}
		});
	}

	private boolean expect(boolean fits, JsonNode value, JsonNode type, String place) {
		if (!fits) {
			this.faults.add("%s: %s is not %s".formatted(place, value, type));
		}
		return fits;
	}

	private static JsonNode entry(String name) {
		return SCHEMA.path("entries").path(name);
	}

	private static JsonNode read() {
		try (InputStream file = GrafanaSchema.class.getResourceAsStream("/grafana-schema.json")) {
			return JsonMapper.shared().readTree(Objects.requireNonNull(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
