package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a webhook body as a stream. Keeps counts of all alerts and details of the most
 * important ones, so that memory does not grow with the body. Everything may be missing,
 * null or of another type: what cannot be used is left out.
 */
public final class WebhookReader {

	private static final Logger logger = LoggerFactory.getLogger(WebhookReader.class);

	private static final TokenStreamFactory JSON = new JsonFactory();

	private static final Set<String> KNOWN_VERSIONS = Set.of("", "4", "1");

	/** What is read and thrown away of a body over the limit, in bytes. */
	private static final long MAX_SKIPPED = 512L * 1024 * 1024;

	private final WebhookProperties properties;

	WebhookReader(WebhookProperties properties) {
		this.properties = properties;
	}

	/**
	 * Reads the body to its end.
	 * @param body body of the request
	 * @return what it tells
	 * @throws RejectedBodyException if it can never be read
	 * @throws IOException if the connection broke
	 */
	public WebhookMessage read(InputStream body) throws IOException, RejectedBodyException {
		BodyReader reader = new BodyReader(body, this.properties.maxBodySize().toBytes());
		MessageBuilder message = new MessageBuilder(this.properties.keptAlerts());
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), reader)) {
			parse(parser, message);
		}
		catch (JacksonIOException ex) {
			throw ex.getCause();
		}
		catch (JacksonException ex) {
			if (!reader.cutShort()) {
				logger.warn("Webhook body is not JSON, it starts with: {}", Masked.text(reader.head()));
				throw new RejectedBodyException(RejectedBodyException.Kind.NOT_JSON);
			}
		}
		if (reader.cutShort()) {
			logger.warn("Webhook body is over the limit of {} bytes, told from its first part only",
					this.properties.maxBodySize().toBytes());
			reader.skipRest(MAX_SKIPPED);
		}
		return message.build(reader.cutShort());
	}

	private void parse(JsonParser parser, MessageBuilder message) throws RejectedBodyException {
		JsonToken first = parser.nextToken();
		if (first == null) {
			throw new RejectedBodyException(RejectedBodyException.Kind.EMPTY);
		}
		if (first == JsonToken.START_ARRAY) {
			throw new RejectedBodyException(RejectedBodyException.Kind.RAW_ALERTS);
		}
		if (first != JsonToken.START_OBJECT) {
			throw new RejectedBodyException(RejectedBodyException.Kind.NOT_A_WEBHOOK);
		}
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			parser.nextToken();
			message.read(name, parser);
		}
		if (!message.recognised()) {
			throw new RejectedBodyException(RejectedBodyException.Kind.NOT_A_WEBHOOK);
		}
		if (!KNOWN_VERSIONS.contains(message.version())) {
			logger.warn("Webhook message has version {}, read as version 4", Masked.text(message.version()));
		}
	}

}
