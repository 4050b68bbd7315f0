package io.monitoringstack.doorayadapter.template;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.monitoringstack.doorayadapter.message.MessageTemplate;
import io.monitoringstack.doorayadapter.message.TemplateException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file as it was last read: the templates in it, or why there are none.
 */
final class LoadedTemplate {

	private static final Logger logger = LoggerFactory.getLogger(LoadedTemplate.class);

	private final TemplateSource source;

	private final Map<MessageTemplate.Part, Template> parts;

	private final String problem;

	private final AtomicBoolean failed = new AtomicBoolean();

	private LoadedTemplate(TemplateSource source, Map<MessageTemplate.Part, Template> parts, String problem) {
		this.source = source;
		this.parts = parts;
		this.problem = problem;
	}

	static LoadedTemplate of(String file, String text) {
		TemplateSource source = new TemplateSource(file, text.lines().toList());
		try {
			return new LoadedTemplate(source, source.compile(), "");
		}
		catch (TemplateException ex) {
			return broken(file, ex.sentence());
		}
	}

	static LoadedTemplate broken(String file, String problem) {
		return new LoadedTemplate(new TemplateSource(file, List.of()), Map.of(), problem);
	}

	// Returns why it cannot be used, empty when it can.
	String problem() {
		return this.problem;
	}

	MessageTemplate forOneMessage() {
		Steps steps = new Steps();
		return (part, model) -> render(part, model, steps);
	}

	private @Nullable String render(MessageTemplate.Part part, Map<String, Object> model, Steps steps) {
		if (!this.problem.isEmpty()) {
			throw new TemplateException(this.problem);
		}
		Template template = this.parts.get(part);
		if (template == null) {
			return null;
		}
		BoundedWriter writer = new BoundedWriter();
		try {
			template.execute(new Scope(model, steps), writer);
		}
		catch (BoundedWriter.FullException ex) {
			// What there is will be cut to much less.
		}
		catch (MustacheException ex) {
			throw failure(this.source.problem(ex));
		}
		catch (TemplateException ex) {
			throw failure(named(ex));
		}
		catch (IndexOutOfBoundsException ex) {
			throw failure(new TemplateException(this.source.file() + ": the engine fails"));
		}
		catch (StackOverflowError ex) {
			throw failure(new TemplateException(this.source.file() + ": sections are nested too deeply"));
		}
		return writer.toString();
	}

	private TemplateException named(TemplateException problem) {
		return new TemplateException(this.source.file() + " " + problem.sentence());
	}

	// Said once: the same file fails for each alert.
	private TemplateException failure(TemplateException problem) {
		if (!this.failed.getAndSet(true)) {
			logger.error("A message template cannot be used, the built-in texts stand in: {}", problem.sentence());
		}
		return problem;
	}

}
