package io.monitoringstack.pushgatewayproxy.exposition;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes families without samples, as delimited protobuf. Stored in a group they take the
 * place of the family of that name, which then is no longer in the scrape. The text
 * format cannot say it: Pushgateway's parser drops a TYPE without samples.
 */
public final class EmptyFamilies {

	/** Content-Type of what is written. */
	public static final String CONTENT_TYPE = ContentKind.PROTOBUF_TYPE;

	private static final int NAME = (1 << 3) | 2;

	private static final int TYPE = 3 << 3;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	/**
	 * Adds a family.
	 * @param name its name
	 * @param type number of its type, which must be the one it has, because it still
	 * takes part in Pushgateway's check of types
	 * @return this
	 */
	public EmptyFamilies add(String name, int type) {
		byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		message.write(NAME);
		varint(message, bytes.length);
		message.writeBytes(bytes);
		message.write(TYPE);
		varint(message, type);
		varint(this.out, message.size());
		this.out.writeBytes(message.toByteArray());
		return this;
	}

	public byte[] bytes() {
		return this.out.toByteArray();
	}

	private static void varint(ByteArrayOutputStream out, int value) {
		int rest = value;
		while ((rest & ~0x7f) != 0) {
			out.write((rest & 0x7f) | 0x80);
			rest >>>= 7;
		}
		out.write(rest);
	}

}
