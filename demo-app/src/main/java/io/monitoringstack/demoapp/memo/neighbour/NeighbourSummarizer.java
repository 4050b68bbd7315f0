package io.monitoringstack.demoapp.memo.neighbour;

import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Map;

import io.monitoringstack.demoapp.local.LocalAddress;
import io.monitoringstack.demoapp.memo.Summarizer;
import io.monitoringstack.demoapp.memo.SummaryUnavailableException;
import io.monitoringstack.demoapp.memo.TextSummary;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Asks the neighbour over HTTP, so that one request becomes a trace of two servers.
 */
@Component
final class NeighbourSummarizer implements Summarizer {

	private final RestClient client;

	private final NeighbourProperties properties;

	private final LocalAddress self;

	NeighbourSummarizer(RestClient.Builder builder, NeighbourProperties properties, LocalAddress self) {
		this.client = builder
			.requestFactory(ClientHttpRequestFactoryBuilder.jdk()
				.build(HttpClientSettings.defaults()
					.withTimeouts(properties.connectTimeout(), properties.readTimeout())))
			.build();
		this.properties = properties;
		this.self = self;
	}

	@Override
	public TextSummary summarize(String text) {
		try {
			TextSummary summary = this.client.post()
				.uri(address() + "/internal/summaries")
				.contentType(MediaType.APPLICATION_JSON)
				.body(Map.of("text", text))
				.retrieve()
				.body(TextSummary.class);
			Assert.state(summary != null, "The neighbour answered nothing");
			return summary;
		}
		catch (RestClientException | IllegalStateException ex) {
			throw new SummaryUnavailableException(isTimeout(ex), ex);
		}
	}

	private String address() {
		return (this.properties.url() != null)
				? StringUtils.trimTrailingCharacter(this.properties.url().toString(), '/') : this.self.url();
	}

	private static boolean isTimeout(Throwable failure) {
		for (@Nullable
		Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof HttpTimeoutException || cause instanceof SocketTimeoutException) {
				return true;
			}
		}
		return false;
	}

}
