package io.monitoringstack.doorayadapter.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.samskivert.mustache.Mustache;
import io.monitoringstack.doorayadapter.message.MessageTemplate;

/**
 * The names a template may use in each part. A misspelt one is found when the file is
 * read, and not when an alert comes.
 */
final class Names implements Mustache.Visitor {

	private static final List<String> OF_ALERT = List.of("firing", "resolved", "severity", "severityWord", "name",
			"summary", "target", "targetShort");

	private static final List<String> HEADLINE = List.of("builtIn", "firing", "resolved", "severity", "severityWord",
			"name", "target", "receiver", "firingCount", "resolvedCount", "newCount", "ongoingCount", "repeats",
			"resent", "flapping", "alerts", "label");

	private static final List<String> CARD = Stream.concat(OF_ALERT.stream(),
			Stream.of("builtInTitle", "builtInBody", "new", "ongoing", "description", "started", "ended", "lasted",
					"value", "changesInLastHour", "lastHour", "runbook", "dashboard", "panel", "logs", "query",
					"silence", "link", "labels", "label", "annotation"))
		.toList();

	/** What can be gone through, and what is in it. */
	private static final Map<String, List<String>> LISTS = Map.of("alerts", OF_ALERT, "labels",
			List.of("key", "value"));

	/** Where every name is allowed. */
	private static final Set<String> OPEN = Set.of("label", "annotation");

	/** What the engine itself knows. */
	private static final Set<String> BUILT_IN = Set.of(".", "this", "-first", "-last", "-index");

	private final Set<String> known = new TreeSet<>();

	private final TemplateSource source;

	Names(MessageTemplate.Part part, TemplateSource source) {
		this.known.addAll(of(part));
		LISTS.forEach((list, names) -> this.known.addAll(this.known.contains(list) ? names : List.of()));
		this.source = source;
	}

	private static List<String> of(MessageTemplate.Part part) {
		return (part == MessageTemplate.Part.HEADLINE) ? HEADLINE : CARD;
	}

	// Returns a model that holds something for each name, or nothing, to try a template
	// with.
	static Map<String, Object> sample(MessageTemplate.Part part, String text) {
		Map<String, Object> sample = new TreeMap<>();
		for (String name : of(part)) {
			List<String> inside = LISTS.get(name);
			if (inside != null) {
				Map<String, String> element = inside.stream()
					.collect(Collectors.toMap(Function.identity(), (n) -> text));
				sample.put(name, text.isEmpty() ? List.of() : List.of(element));
			}
			else {
				sample.put(name, OPEN.contains(name) ? Map.of() : text);
			}
		}
		return sample;
	}

	@Override
	public void visitText(String text) {
		if (text.contains("{{")) {
			throw this.source.unclosed();
		}
	}

	@Override
	public void visitVariable(String name) {
		check(name);
	}

	@Override
	public boolean visitSection(String name) {
		check(name);
		return true;
	}

	@Override
	public boolean visitInvertedSection(String name) {
		check(name);
		return true;
	}

	@Override
	public boolean visitInclude(String name) {
		throw this.source.problem(name, "other templates cannot be included");
	}

	@Override
	public boolean visitParent(String name) {
		throw this.source.problem(name, "other templates cannot be included");
	}

	@Override
	public boolean visitBlock(String name) {
		throw this.source.problem(name, "blocks are not known");
	}

	private void check(String name) {
		String first = (name.indexOf('.') > 0) ? name.substring(0, name.indexOf('.')) : name;
		boolean open = OPEN.contains(first);
		if (!BUILT_IN.contains(name) && (!this.known.contains(first) || (!open && !first.equals(name)))) {
			throw this.source.problem(name, "there is nothing named " + name + " in this part");
		}
	}

}
