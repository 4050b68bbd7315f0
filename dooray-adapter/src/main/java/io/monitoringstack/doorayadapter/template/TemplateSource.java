package io.monitoringstack.doorayadapter.template;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.monitoringstack.doorayadapter.message.MessageTemplate;
import io.monitoringstack.doorayadapter.message.TemplateException;

/**
 * The text of one file: parts that each begin with a line such as <code>=== title</code>.
 *
 * @param file name of the file, for people
 * @param lines its lines
 */
record TemplateSource(String file, List<String> lines) {

	private static final Pattern BEGIN = Pattern.compile("===\\s*(\\S+)\\s*");

	private static final Pattern LINE = Pattern.compile("\\s*@?\\s*(?:on )?line (\\d+)");

	private static final Mustache.Compiler COMPILER = Mustache.compiler()
		.escapeHTML(false)
		.emptyStringIsFalse(true)
		.zeroIsFalse(true)
		.strictSections(true)
		.withCollector(new Scope.Collector())
		.withLoader((name) -> {
			throw new MustacheException("other templates cannot be included");
		});

	/**
	 * Makes templates of the parts.
	 * @return the templates by part
	 * @throws TemplateException if the file is not one, with the line
	 */
	Map<MessageTemplate.Part, Template> compile() {
		Map<MessageTemplate.Part, StringBuilder> texts = texts();
		if (texts.isEmpty()) {
			throw new TemplateException(this.file + " has no part: begin one with === headline, === title or === body");
		}
		Map<MessageTemplate.Part, Template> parts = new EnumMap<>(MessageTemplate.Part.class);
		texts.forEach((part, text) -> parts.put(part, compile(part, text.toString())));
		return parts;
	}

	// The lines before a part are kept as empty ones, so that the engine counts as an
	// editor
	// does.
	private Map<MessageTemplate.Part, StringBuilder> texts() {
		Map<MessageTemplate.Part, StringBuilder> texts = new EnumMap<>(MessageTemplate.Part.class);
		StringBuilder current = null;
		for (int i = 0; i < this.lines.size(); i++) {
			String line = this.lines.get(i);
			Matcher begin = BEGIN.matcher(line);
			if (begin.matches()) {
				current = new StringBuilder("\n".repeat(i + 1));
				if (texts.put(part(begin.group(1), i + 1), current) != null) {
					throw at(i + 1, "this part is there already");
				}
			}
			else if (current != null) {
				current.append(line).append('\n');
			}
			else if (!line.isBlank() && !line.startsWith("#")) {
				throw at(i + 1, "text before the first part: begin one with === headline, === title or === body");
			}
		}
		return texts;
	}

	private MessageTemplate.Part part(String name, int line) {
		for (MessageTemplate.Part part : MessageTemplate.Part.values()) {
			if (word(part).equals(name)) {
				return part;
			}
		}
		throw at(line, "there is no part of this name, but headline, title and body");
	}

	private static String word(MessageTemplate.Part part) {
		return part.name().toLowerCase(Locale.ROOT);
	}

	private Template compile(MessageTemplate.Part part, String text) {
		try {
			Template template = COMPILER.compile(text);
			template.visit(new Names(part, this));
			for (String sample : List.of("x", "")) {
				template.execute(new Scope(Names.sample(part, sample), new Steps()), new BoundedWriter());
			}
			return template;
		}
		catch (MustacheException ex) {
			throw problem(ex);
		}
		catch (BoundedWriter.FullException ex) {
			throw new TemplateException(this.file + ": writes more than any message holds");
		}
		catch (IndexOutOfBoundsException ex) {
			// How the engine takes an empty pair of braces.
			throw new TemplateException(this.file + ": there is a tag without a name in part " + word(part));
		}
		catch (StackOverflowError ex) {
			throw new TemplateException(this.file + ": sections are nested too deeply");
		}
	}

	// What the engine says of a template, with the line first.
	TemplateException problem(MustacheException problem) {
		if (problem instanceof MustacheException.Context place && place.getCause() instanceof TemplateException cause) {
			return at(place.lineNo, cause.sentence());
		}
		String text = String.valueOf(problem.getMessage())
			.replace("No method or field with name", "there is nothing here named");
		Matcher line = LINE.matcher(text);
		return line.find() ? at(Integer.parseInt(line.group(1)), line.replaceFirst("").strip())
				: new TemplateException(this.file + ": " + text);
	}

	TemplateException problem(String name, String what) {
		for (int i = 0; i < this.lines.size(); i++) {
			if (this.lines.get(i).matches(".*\\{\\{[^}]*(?<![\\w.])" + Pattern.quote(name) + "(?![\\w.]).*")) {
				return at(i + 1, what);
			}
		}
		return new TemplateException(this.file + ": " + what);
	}

	// A tag without an end is text to the engine, and never what somebody meant.
	TemplateException unclosed() {
		for (int i = 0; i < this.lines.size(); i++) {
			if (this.lines.get(i).lastIndexOf("{{") > this.lines.get(i).lastIndexOf("}}")) {
				return at(i + 1, "a tag is not closed");
			}
		}
		return new TemplateException(this.file + ": a tag is not closed");
	}

	private TemplateException at(int line, String what) {
		return new TemplateException("%s line %d: %s".formatted(this.file, line, what));
	}

}
