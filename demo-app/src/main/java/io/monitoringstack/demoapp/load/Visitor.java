package io.monitoringstack.demoapp.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * Uses the API over HTTP as anybody else would. Its client is not observed: it stands for
 * users, whose browsers are not part of this service's metrics either.
 */
final class Visitor {

	static final String PREFIX = "[load] ";

	private static final List<Map<String, String>> DRAFTS = List.of( //
			draft("장보기 목록", "우유, 달걀, 빵 그리고 커피 원두."), //
			draft("회의 메모", "알림 기준을 다시 보고, 런북에 빠진 단계를 채운다."), //
			draft("배포 점검표", "마이그레이션 확인.\n대시보드 확인.\n되돌리는 방법 확인."), //
			draft("여행 준비물", "충전기, 우산, 읽던 책."), //
			draft("Stand-up notes", "Yesterday: dashboards. Today: alerts. Nothing in the way."), //
			draft("Ideas for Friday", "Show the trace behind a slow request first, then the metric."), //
			draft("Books to read", "One about queues, one about sleep."), //
			draft("Questions for the team", "Which alert woke us last month?\nWas there something to do?"));

	private final RestClient client;

	Visitor(String url) {
		this.client = RestClient.builder()
			.baseUrl(url)
			.defaultHeader(HttpHeaders.USER_AGENT, "demo-app-load")
			.requestFactory(ClientHttpRequestFactoryBuilder.jdk()
				.build(HttpClientSettings.defaults().withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(40))))
			.build();
	}

	void list() {
		this.client.get().uri("/api/memos?size=20").retrieve().toBodilessEntity();
	}

	List<Written> written() {
		Page page = this.client.get().uri("/api/memos?size=100").retrieve().body(Page.class);
		return (page != null) ? page.items() : List.of();
	}

	void read(long id) {
		this.client.get().uri("/api/memos/{id}", id).retrieve().toBodilessEntity();
	}

	void summarize(long id) {
		this.client.get().uri("/api/memos/{id}/summary", id).retrieve().toBodilessEntity();
	}

	long create() {
		Written memo = this.client.post()
			.uri("/api/memos")
			.contentType(MediaType.APPLICATION_JSON)
			.body(draft())
			.retrieve()
			.body(Written.class);
		return (memo != null) ? memo.id() : 0;
	}

	void update(long id) {
		this.client.put()
			.uri("/api/memos/{id}", id)
			.contentType(MediaType.APPLICATION_JSON)
			.body(draft())
			.retrieve()
			.toBodilessEntity();
	}

	void delete(long id) {
		this.client.delete().uri("/api/memos/{id}", id).retrieve().toBodilessEntity();
	}

	private static Map<String, String> draft(String title, String body) {
		return Map.of("title", PREFIX + title, "body", body);
	}

	private static Map<String, String> draft() {
		return DRAFTS.get(ThreadLocalRandom.current().nextInt(DRAFTS.size()));
	}

	record Page(List<Written> items) {

	}

	record Written(long id, String title) {

	}

}
