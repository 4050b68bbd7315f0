import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws p50 over groups. Reads lines "way groups milliseconds", writes SVG; the argument is the number of connections.
 */
class Curve {

	private static final int WIDTH = 820, HEIGHT = 460, LEFT = 76, RIGHT = 190, TOP = 56, BOTTOM = 58;

	private static final Map<String, String> NAMES = new LinkedHashMap<>();
	static {
		NAMES.put("direct-checked", "Pushgateway, checking");
		NAMES.put("nginx-checked", "nginx before it");
		NAMES.put("proxy", "pushgateway-proxy");
		NAMES.put("nginx-unchecked", "nginx, no check");
		NAMES.put("direct-unchecked", "Pushgateway, no check");
	}

	private final Map<String, TreeMap<Integer, Double>> curves = new LinkedHashMap<>();

	private int leftDecade, rightDecade, lowDecade, highDecade;

	public static void main(String[] args) throws Exception {
		Curve curve = new Curve();
		try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			in.lines().map((line) -> line.split(" ")).forEach((parts) -> curve.curves
				.computeIfAbsent(parts[0], (way) -> new TreeMap<>())
				.put(Integer.valueOf(parts[1]), Double.valueOf(parts[2])));
		}
		System.out.print(curve.draw(args[0]));
	}

	private String draw(String connections) {
		double[] groups = this.curves.values().stream().flatMap((curve) -> curve.keySet().stream()).mapToDouble((i) -> i).toArray();
		double[] times = this.curves.values().stream().flatMap((curve) -> curve.values().stream()).mapToDouble((d) -> d).toArray();
		this.leftDecade = floor(min(groups));
		this.rightDecade = Math.max(this.leftDecade + 1, ceil(max(groups)));
		this.lowDecade = floor(min(times));
		this.highDecade = Math.max(this.lowDecade + 1, ceil(max(times)));
		StringBuilder svg = new StringBuilder();
		add(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\">",
				WIDTH, HEIGHT);
		add(svg, "<title>Time of one push over the number of groups in Pushgateway</title>");
		svg.append("""
				<style>
				.back { fill: #ffffff } text { fill: #24292f } .grid { stroke: #d0d7de } .minor { stroke: #eaeef2 }
				polyline { fill: none; stroke-width: 2 }
				.direct-checked { --c: #cf222e } .nginx-checked { --c: #bc6c00 } .proxy { --c: #0969da }
				.nginx-unchecked { --c: #6e7781 } .direct-unchecked { --c: #1a7f37 }
				polyline { stroke: var(--c) } circle, .name { fill: var(--c) } polyline.proxy { stroke-width: 3.5 }
				.nginx-checked, .nginx-unchecked { stroke-dasharray: 5 4 } .name.proxy { font-weight: 600 }
				@media (prefers-color-scheme: dark) {
				.back { fill: #0d1117 } text { fill: #e6edf3 } .grid { stroke: #30363d } .minor { stroke: #1c2128 }
				.direct-checked { --c: #ff7b72 } .nginx-checked { --c: #f0a94a } .proxy { --c: #58a6ff }
				.nginx-unchecked { --c: #9198a1 } .direct-unchecked { --c: #56d364 }
				}
				</style>
				""");
		add(svg, "<rect class=\"back\" width=\"%d\" height=\"%d\" rx=\"8\"/>", WIDTH, HEIGHT);
		add(svg, "<text x=\"%d\" y=\"30\" font-size=\"16\" font-weight=\"600\">Time of one push, median, %s</text>", LEFT,
				"1".equals(connections) ? "one connection" : connections + " connections");
		axes(svg);
		curves(svg);
		return svg.append("</svg>\n").toString();
	}

	private void axes(StringBuilder svg) {
		for (int decade = this.leftDecade; decade <= this.rightDecade; decade++) {
			line(svg, "grid", x(Math.pow(10, decade)), TOP, x(Math.pow(10, decade)), HEIGHT - BOTTOM);
			add(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x(Math.pow(10, decade)), HEIGHT - BOTTOM + 20,
					String.format(Locale.ROOT, "%,.0f", Math.pow(10, decade)));
		}
		for (int decade = this.lowDecade; decade <= this.highDecade; decade++) {
			for (int i = 2; i < 10 && decade < this.highDecade; i++) {
				double y = y(i * Math.pow(10, decade));
				line(svg, "minor", LEFT, y, WIDTH - RIGHT, y);
			}
			double y = y(Math.pow(10, decade));
			line(svg, "grid", LEFT, y, WIDTH - RIGHT, y);
			add(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, y + 4.5, time(decade));
		}
		add(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">groups in Pushgateway, 8 series each</text>", (LEFT + WIDTH - RIGHT) / 2,
				HEIGHT - 14);
	}

	private void curves(StringBuilder svg) {
		List<double[]> labels = new ArrayList<>();
		List<String> drawn = new ArrayList<>();
		for (String way : NAMES.keySet()) {
			TreeMap<Integer, Double> curve = this.curves.get(way);
			if (curve == null) {
				continue;
			}
			StringBuilder points = new StringBuilder();
			curve.forEach((groups, millis) -> points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(groups), y(millis))));
			add(svg, "<polyline class=\"%s\" points=\"%s\"/>", way, points.toString().strip());
			curve.forEach((groups, millis) -> add(svg, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"/>", way, x(groups),
					y(millis), "proxy".equals(way) ? "4.5" : "3"));
			labels.add(new double[] { y(curve.lastEntry().getValue()), drawn.size() });
			drawn.add(way);
		}
		labels.sort((a, b) -> Double.compare(a[0], b[0]));
		double free = TOP;
		for (double[] label : labels) {
			// Names of curves that end close to each other are moved apart.
			free = Math.max(free, label[0]);
			String way = drawn.get((int) label[1]);
			add(svg, "<text class=\"name %s\" x=\"%d\" y=\"%.1f\" style=\"fill: var(--c)\">%s</text>", way, WIDTH - RIGHT + 12, free + 4.5,
					NAMES.get(way));
			free += 18;
		}
	}

	private double x(double groups) {
		return LEFT + (Math.log10(groups) - this.leftDecade) / (this.rightDecade - this.leftDecade) * (WIDTH - RIGHT - LEFT);
	}

	private double y(double millis) {
		return HEIGHT - BOTTOM - (Math.log10(millis) - this.lowDecade) / (this.highDecade - this.lowDecade) * (HEIGHT - BOTTOM - TOP);
	}

	private static String time(int decade) {
		return (decade >= 3) ? String.format(Locale.ROOT, "%.0f s", Math.pow(10, decade - 3))
				: (decade >= 0) ? String.format(Locale.ROOT, "%.0f ms", Math.pow(10, decade))
						: String.format(Locale.ROOT, "%s ms", Math.pow(10, decade));
	}

	private static void line(StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
		add(svg, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, x1, y1, x2, y2);
	}

	private static void add(StringBuilder svg, String line, Object... values) {
		svg.append(String.format(Locale.ROOT, line, values)).append('\n');
	}

	private static int floor(double value) {
		return (int) Math.floor(Math.log10(value) + 1e-9);
	}

	private static int ceil(double value) {
		return (int) Math.ceil(Math.log10(value) - 1e-9);
	}

	private static double min(double[] values) {
		return java.util.Arrays.stream(values).min().orElse(1);
	}

	private static double max(double[] values) {
		return java.util.Arrays.stream(values).max().orElse(10);
	}

}
