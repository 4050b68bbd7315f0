package io.monitoringstack.doorayadapter.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.monitoringstack.doorayadapter.alert.Severity;

/**
 * Writes what the watcher says when heartbeats stop and when they are back.
 */
public final class WatchMessages {

	private static final String RUNBOOK = "docs/runbooks/Watchdog.md";

	private final MessageSettings settings;

	private final Texts texts;

	private final PublicUrls urls;

	public WatchMessages(MessageSettings settings, PublicUrls urls) {
		this.settings = settings;
		this.texts = new Texts(settings.language());
		this.urls = urls;
	}

	/**
	 * Writes that heartbeats have stopped.
	 * @param since the last one, or the start of the watcher
	 * @param never whether none has ever come
	 * @param again whether this was told before
	 * @param now moment that durations end at
	 * @return the message
	 */
	public DoorayMessage silent(Instant since, boolean never, boolean again, Instant now) {
		Times times = new Times(this.texts, this.settings.zone(), now);
		String lasting = times.duration(Times.between(since, now));
		List<String> lines = new ArrayList<>();
		lines.add(this.texts.get(never ? "watch.since.start" : "watch.since.last", times.moment(since)));
		lines.add(this.texts.get("watch.check"));
		lines.add(this.texts.get("link.runbook", runbook()));
		String text = "[" + this.texts.severity(Severity.CRITICAL) + "] "
				+ this.texts.get(again ? "watch.silent.again" : "watch.silent", lasting);
		return message(text, this.texts.get("watch.meaning"), lines, Colour.of(Severity.CRITICAL));
	}

	/**
	 * Writes that heartbeats are back.
	 * @param since begin of the silence
	 * @param until its end
	 * @param now the present
	 * @return the message
	 */
	public DoorayMessage returned(Instant since, Instant until, Instant now) {
		Times times = new Times(this.texts, this.settings.zone(), now);
		String text = "[" + this.texts.get("resolved") + "] "
				+ this.texts.get("watch.returned", times.duration(Times.between(since, until)));
		return message(text, this.texts.get("watch.returned.meaning"), List.of(times.range(since, until)),
				Colour.RESOLVED);
	}

	private DoorayMessage message(String text, String title, List<String> lines, String colour) {
		DoorayAttachment card = new DoorayAttachment(title, this.urls.runbook(RUNBOOK), String.join("\n", lines),
				colour);
		return new DoorayMessage(TextLimit.cut(SafeText.line(this.settings.botName()), 50), text, List.of(card));
	}

	private String runbook() {
		String url = this.urls.runbook(RUNBOOK);
		return (url != null) ? url : RUNBOOK;
	}

}
