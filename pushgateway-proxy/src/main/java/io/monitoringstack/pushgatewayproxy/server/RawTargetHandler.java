package io.monitoringstack.pushgatewayproxy.server;

import java.nio.charset.StandardCharsets;

import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;

/**
 * Makes every request target a valid URI before anything parses it. Without this, Spring
 * answers such requests with an empty 400. A broken percent escape has no meaning to
 * save; it is answered here, and the connection closed, as Pushgateway does.
 */
final class RawTargetHandler extends ChannelInboundHandlerAdapter {

	private boolean refused;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.refused) {
			ReferenceCountUtil.release(message);
			return;
		}
		if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
			String target = request.uri();
			int broken = RawTarget.brokenEscape(target);
			if (broken >= 0) {
				this.refused = true;
				ReferenceCountUtil.release(message);
				refuse(context, target.substring(broken, Math.min(target.length(), broken + 3)));
				return;
			}
			request.setUri(RawTarget.escape(target));
		}
		context.fireChannelRead(message);
	}

	private static void refuse(ChannelHandlerContext context, String escape) {
		String text = "The path holds " + Excerpt.quoted(escape)
				+ ", but % must be followed by two hexadecimal digits. A percent sign itself is written %25.\n";
		ByteBuf content = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
		DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.BAD_REQUEST, content);
		response.headers()
			.set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
			.setInt(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
			.set(HttpHeaderNames.CONNECTION, "close");
		context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
	}

}
