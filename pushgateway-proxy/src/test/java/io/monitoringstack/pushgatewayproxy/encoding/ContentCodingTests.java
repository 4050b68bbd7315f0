package io.monitoringstack.pushgatewayproxy.encoding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.SnappyFrameEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ContentCodingTests {

	@Test
	void knowsWhatPushgatewayKnows() {
		assertThat(ContentCoding.of(null)).isEqualTo(ContentCoding.IDENTITY);
		assertThat(ContentCoding.of("")).isEqualTo(ContentCoding.IDENTITY);
		assertThat(ContentCoding.of("identity")).isEqualTo(ContentCoding.IDENTITY);
		assertThat(ContentCoding.of("GZip")).isEqualTo(ContentCoding.GZIP);
		assertThat(ContentCoding.of("snappy")).isEqualTo(ContentCoding.SNAPPY);
	}

	@Test
	void refusesOtherEncodingsAndNamesTheKnownOnes() {
		for (String other : new String[] { "br", "deflate", "zstd", "gzip, gzip" }) {
			RefusedException refused = catchThrowableOfType(RefusedException.class, () -> ContentCoding.of(other));
			assertThat(refused.refusal().status()).isEqualTo(415);
			assertThat(refused.refusal().text()).contains("gzip and snappy").contains(other);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
	void decodesWhatOthersEncode(ContentCoding coding) throws IOException {
		Random random = new Random(5);
		for (int size : new int[] { 1, 10, 60, 61, 1000, 65535, 65536, 65537, 300_000 }) {
			byte[] noise = new byte[size];
			random.nextBytes(noise);
			byte[] text = "metric{label=\"value\"} 1\n".repeat(1 + size / 24).getBytes(StandardCharsets.UTF_8);
			assertThat(decode(coding, encode(coding, noise), size)).isEqualTo(noise);
			assertThat(decode(coding, encode(coding, text), text.length)).isEqualTo(text);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
	void stopsABombAtTheCap(ContentCoding coding) throws IOException {
		byte[] bomb = encode(coding, new byte[5_000_000]);
		RefusedException refused = catchThrowableOfType(RefusedException.class, () -> decode(coding, bomb, 100_000));
		assertThat(refused.refusal().status()).isEqualTo(413);
		assertThat(refused.refusal().text()).contains("100000 bytes").contains("PUSH_MAX_BYTES");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "IDENTITY")
	void refusesEveryDamage(ContentCoding coding) throws IOException {
		byte[] whole = encode(coding, "metric{label=\"value\"} 1\n".repeat(20).getBytes(StandardCharsets.UTF_8));
		for (int length = 1; length < whole.length; length++) {
			int cut = length;
			// A snappy stream may end behind any of its chunks, the first is ten bytes
			// long.
			if (coding == ContentCoding.GZIP || length != 10) {
				assertThat(corrupt(coding, Arrays.copyOf(whole, cut)).reason()).isEqualTo(Reason.CORRUPT);
			}
		}
		byte[] trailing = Arrays.copyOf(whole, whole.length + 3);
		assertThat(corrupt(coding, trailing).reason()).isEqualTo(Reason.CORRUPT);
		byte[] damaged = whole.clone();
		damaged[whole.length - 2] ^= 0x10;
		assertThat(corrupt(coding, damaged).reason()).isEqualTo(Reason.CORRUPT);
	}

	@Test
	void readsGzipMembersThatFollowEachOther() throws IOException {
		byte[] twice = Arrays.copyOf(encode(ContentCoding.GZIP, new byte[] { 'a' }), 42);
		byte[] second = encode(ContentCoding.GZIP, new byte[] { 'b' });
		System.arraycopy(second, 0, twice, 21, 21);
		assertThat(decode(ContentCoding.GZIP, twice, 10)).isEqualTo(new byte[] { 'a', 'b' });
	}

	@Test
	void takesAnEmptySnappyBodyForAnEmptyStreamAndAnEmptyGzipBodyForBroken() {
		assertThat(decode(ContentCoding.SNAPPY, new byte[0], 10)).isEmpty();
		assertThat(corrupt(ContentCoding.GZIP, new byte[0]).reason()).isEqualTo(Reason.CORRUPT);
	}

	@Test
	void refusesASnappyBlockWithoutFrames() {
		assertThat(corrupt(ContentCoding.SNAPPY, new byte[] { 1, 0, 'a' }).text()).contains("framing format");
	}

	@Test
	void survivesRandomSnappy() throws IOException {
		Random random = new Random(9);
		byte[] whole = encode(ContentCoding.SNAPPY, "abcabcabcabcabcabc".repeat(50).getBytes(StandardCharsets.UTF_8));
		for (int i = 0; i < 20_000; i++) {
			byte[] damaged = whole.clone();
			damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
			damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
			try {
				decode(ContentCoding.SNAPPY, damaged, 100_000);
			}
			catch (RefusedException ex) {
				assertThat(ex.refusal().text()).isNotBlank();
			}
		}
	}

	private static Refusal corrupt(ContentCoding coding, byte[] body) {
		RefusedException refused = catchThrowableOfType(RefusedException.class, () -> decode(coding, body, 100_000));
		assertThat(refused).isNotNull();
		return refused.refusal();
	}

	private static byte[] decode(ContentCoding coding, byte[] body, int cap) {
		DecodedBody decoded = new DecodedBody(cap, (bytes) -> {
		});
		coding.decode(body, body.length, decoded);
		return Arrays.copyOf(decoded.bytes(), decoded.length());
	}

	private static byte[] encode(ContentCoding coding, byte[] plain) throws IOException {
		if (coding == ContentCoding.SNAPPY) {
			return snappy(plain);
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
			gzip.write(plain);
		}
		return out.toByteArray();
	}

	private static byte[] snappy(byte[] plain) {
		EmbeddedChannel channel = new EmbeddedChannel(new SnappyFrameEncoder());
		channel.writeOutbound(Unpooled.wrappedBuffer(plain));
		channel.finish();
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
			byte[] bytes = new byte[part.readableBytes()];
			part.readBytes(bytes);
			part.release();
			out.writeBytes(bytes);
		}
		return out.toByteArray();
	}

}
