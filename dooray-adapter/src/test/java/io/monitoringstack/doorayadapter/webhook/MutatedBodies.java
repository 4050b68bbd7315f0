package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Damages the bodies of the golden messages as networks and senders do, and worse; and
 * knows by another way than the service which of them can be read.
 */
final class MutatedBodies {

	private static final Path FOLDER = Path.of("src/test/resources/golden");

	private static final JsonFactory JSON = new JsonFactory();

	/** What makes a webhook of an object. */
	private static final Set<String> FIELDS = Set.of("receiver", "groupKey", "alerts", "groupLabels", "commonLabels",
			"commonAnnotations", "routeLabels");

	private static final List<String> INSERTED = List.of("\"", "\\", "\\u", "{", "}", "[", "]", ",", ":", "null", "[]",
			"\u0000", "\uFEFF", "1e999", "-", "\"x\":", "[".repeat(600), "\uD83D", "\n",
			"https://hook.dooray.com/services/11/22/" + RandomWebhooks.SECRET);

	private final Random random;

	private final List<byte[]> golden;

	MutatedBodies(Random random) {
		this.random = random;
		try (Stream<Path> files = Files.list(FOLDER)) {
			this.golden = files.filter((file) -> file.toString().endsWith(".json"))
				.filter((file) -> !file.toString().endsWith(".expected.json"))
				.sorted()
				.map(MutatedBodies::bytes)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] bytes(Path file) {
		try {
			return Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	byte[] next() {
		byte[] body = this.golden.get(this.random.nextInt(this.golden.size())).clone();
		for (int i = this.random.nextInt(5) / 3; i >= 0; i--) {
			body = mutate(body);
		}
		return body;
	}

	private byte[] mutate(byte[] body) {
		int from = this.random.nextInt(body.length + 1);
		int to = Math.min(body.length, from + 1 + this.random.nextInt(200));
		return switch (this.random.nextInt(9)) {
			case 0 -> Arrays.copyOf(body, from);
			case 1 -> join(Arrays.copyOf(body, from), rest(body, to));
			case 2 -> join(Arrays.copyOf(body, to), rest(body, from));
			case 3 -> join(Arrays.copyOf(body, from), inserted(), rest(body, from));
			case 4 -> join(Arrays.copyOf(body, from), noise(), rest(body, from));
			case 5 -> join(Arrays.copyOf(body, from), other(), rest(body, from));
			// Inside a string most of the time, where it leaves the JSON valid.
			case 6 -> join(Arrays.copyOf(body, from), "\\uD83D가x ".repeat(this.random.nextInt(4000)).getBytes(),
					rest(body, from));
			default -> flip(body);
		};
	}

	private byte[] flip(byte[] body) {
		byte[] flipped = body.clone();
		for (int i = this.random.nextInt(3); i >= 0 && flipped.length > 0; i--) {
			flipped[this.random.nextInt(flipped.length)] ^= (byte) (1 << this.random.nextInt(8));
		}
		return flipped;
	}

	private byte[] inserted() {
		return INSERTED.get(this.random.nextInt(INSERTED.size())).getBytes(StandardCharsets.UTF_8);
	}

	private byte[] noise() {
		byte[] noise = new byte[this.random.nextInt(20)];
		this.random.nextBytes(noise);
		return noise;
	}

	// A piece of another body, as when two connections are mixed up.
	private byte[] other() {
		byte[] other = this.golden.get(this.random.nextInt(this.golden.size()));
		int from = this.random.nextInt(other.length);
		return Arrays.copyOfRange(other, from, Math.min(other.length, from + this.random.nextInt(500)));
	}

	private static byte[] rest(byte[] body, int from) {
		return Arrays.copyOfRange(body, from, body.length);
	}

	private static byte[] join(byte[]... parts) {
		byte[] joined = new byte[Stream.of(parts).mapToInt((part) -> part.length).sum()];
		int at = 0;
		for (byte[] part : parts) {
			System.arraycopy(part, 0, joined, at, part.length);
			at += part.length;
		}
		return joined;
	}

	/**
	 * Tells whether the service may read a body that a parser of the whole would not: it
	 * drops unread what a string has beyond a length that no message could show.
	 */
	static boolean mayBeClipped(byte[] body) {
		return body.length > BodyReader.MAX_STRING;
	}

	/**
	 * Tells why a body can never be read, from its whole text and token by token, with
	 * nothing of the service between. Empty when it can.
	 */
	static Optional<RejectedBodyException.Kind> neverReadable(byte[] body) {
		String text = new String(body, StandardCharsets.UTF_8);
		boolean webhook = false;
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(),
				text.startsWith("\uFEFF") ? text.substring(1) : text)) {
			JsonToken first = parser.nextToken();
			if (first == null) {
				return Optional.of(RejectedBodyException.Kind.EMPTY);
			}
			if (first == JsonToken.START_ARRAY) {
				return Optional.of(RejectedBodyException.Kind.RAW_ALERTS);
			}
			if (first != JsonToken.START_OBJECT) {
				return Optional.of(RejectedBodyException.Kind.NOT_A_WEBHOOK);
			}
			for (int depth = 1; depth > 0;) {
				JsonToken token = parser.nextToken();
				depth += token.isStructStart() ? 1 : (token.isStructEnd() ? -1 : 0);
				webhook = webhook
						|| (depth == 1 && token == JsonToken.PROPERTY_NAME && FIELDS.contains(parser.currentName()));
			}
		}
		catch (JacksonException ex) {
			return Optional.of(RejectedBodyException.Kind.NOT_JSON);
		}
		return webhook ? Optional.empty() : Optional.of(RejectedBodyException.Kind.NOT_A_WEBHOOK);
	}

}
