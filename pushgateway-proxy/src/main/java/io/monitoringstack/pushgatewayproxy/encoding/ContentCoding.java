package io.monitoringstack.pushgatewayproxy.encoding;

import java.util.Locale;

import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The content encodings Pushgateway decodes. It takes any other for none and would parse
 * the encoded bytes.
 */
public enum ContentCoding {

	/** As it is. */
	IDENTITY,

	/** RFC 1952. */
	GZIP,

	/** The framing format of snappy. */
	SNAPPY;

	/**
	 * Reads the header.
	 * @param header value of Content-Encoding, if there is one
	 * @return the encoding
	 * @throws RefusedException with 415 if Pushgateway does not know it
	 */
	public static ContentCoding of(@Nullable String header) {
		if (header == null) {
			return IDENTITY;
		}
		return switch (header.strip().toLowerCase(Locale.ROOT)) {
			case "", "identity" -> IDENTITY;
			case "gzip" -> GZIP;
			case "snappy" -> SNAPPY;
			default -> throw new Refusal(415, Reason.ENCODING,
					"Content-Encoding " + Excerpt.quoted(header)
							+ " is not known. Pushgateway decodes gzip and snappy (framed), or send the body as it is.")
				.asException();
		};
	}

	/**
	 * Decodes a body for inspection.
	 * @param body array that begins with the body
	 * @param length length of the body in bytes
	 * @param sink takes what comes out and enforces the cap
	 * @throws RefusedException if the body is not what the header says
	 */
	public void decode(byte[] body, int length, DecodedBody sink) {
		switch (this) {
			case GZIP -> new GzipDecoder(body, length, sink).decode();
			case SNAPPY -> new SnappyDecoder(body, length, sink).decode();
			case IDENTITY -> sink.write(body, 0, length);
		}
	}

	static RefusedException corrupt(String coding, String how) {
		return new Refusal(400, Reason.CORRUPT,
				"The body is not valid " + coding + ": " + how + ". Send it again whole, or without Content-Encoding.")
			.asException();
	}

}
