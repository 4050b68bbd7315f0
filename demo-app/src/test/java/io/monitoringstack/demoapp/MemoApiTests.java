package io.monitoringstack.demoapp;

import java.util.Map;

import io.monitoringstack.demoapp.memo.MemoDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

@WholeService
class MemoApiTests {

	@Autowired
	private RestTestClient client;

	@Test
	void aMemoIsWrittenReadChangedAndDeleted() {
		ResponseSpec created = post(Map.of("title", "장보기 🛒", "body", "우유\n달걀"));
		created.expectStatus().isCreated().expectBody().jsonPath("$.title").isEqualTo("장보기 🛒");
		String address = String.valueOf(created.returnResult(String.class).getResponseHeaders().getLocation());
		assertThat(address).matches("/api/memos/\\d+");
		get(address).expectStatus().isOk().expectBody().jsonPath("$.body").isEqualTo("우유\n달걀");
		this.client.put()
			.uri(address)
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("title", "changed"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.body")
			.isEqualTo("");
		get(address).expectBody().jsonPath("$.title").isEqualTo("changed");
		this.client.delete().uri(address).exchange().expectStatus().isNoContent();
		problem(get(address), 404, "memo-not-found");
		problem(this.client.delete().uri(address).exchange(), 404, "memo-not-found");
	}

	@Test
	void whatIsReadIsWhatWasAnsweredWhenItWasWritten() {
		ResponseSpec created = post(Map.of("title", "time"));
		String answered = created.returnResult(String.class).getResponseBody();
		String address = String.valueOf(created.returnResult(String.class).getResponseHeaders().getLocation());
		assertThat(get(address).returnResult(String.class).getResponseBody()).isEqualTo(answered);
	}

	@Test
	void pagesHoldTheNewestFirst() {
		for (int i = 1; i <= 5; i++) {
			post(Map.of("title", "page " + i)).expectStatus().isCreated();
		}
		get("/api/memos?size=2&page=1").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(2)
			.jsonPath("$.items[0].title")
			.isEqualTo("page 3")
			.jsonPath("$.items[1].title")
			.isEqualTo("page 2")
			.jsonPath("$.page")
			.isEqualTo(1)
			.jsonPath("$.size")
			.isEqualTo(2)
			.jsonPath("$.total")
			.value(Integer.class, (total) -> assertThat(total).isGreaterThanOrEqualTo(5))
			.jsonPath("$.pages")
			.value(Integer.class, (pages) -> assertThat(pages).isGreaterThanOrEqualTo(3));
		get("/api/memos?page=1000").expectStatus().isOk().expectBody().jsonPath("$.items.length()").isEqualTo(0);
	}

	@Test
	void aSummaryComesFromTheNeighbour() {
		ResponseSpec created = post(Map.of("title", "figures", "body", "one two\nthree"));
		String address = String.valueOf(created.returnResult(String.class).getResponseHeaders().getLocation());
		get(address + "/summary").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.summary.words")
			.isEqualTo(3)
			.jsonPath("$.summary.lines")
			.isEqualTo(2)
			.jsonPath("$.summary.excerpt")
			.isEqualTo("one two three");
	}

	@Test
	void saysWhichFieldsAreWrong() {
		ResponseSpec answer = post(Map.of("title", " ", "body", "a\u0000b"));
		problem(answer, 400, "invalid-request").jsonPath("$.errors[?(@.field=='title')].message")
			.isEqualTo("must not be blank")
			.jsonPath("$.errors[?(@.field=='body')].message")
			.isEqualTo("must not contain the character U+0000");
	}

	@Test
	void takesTheLongestMemoAndNothingLonger() {
		String title = "가".repeat(MemoDraft.MAX_TITLE);
		String body = "나".repeat(MemoDraft.MAX_BODY);
		post(Map.of("title", title, "body", body)).expectStatus().isCreated();
		problem(post(Map.of("title", title + "가")), 400, "invalid-request");
		problem(post(Map.of("title", title, "body", body + "나")), 400, "invalid-request");
		problem(post(Map.of("title", title, "body", "x".repeat(400_000))), 413, "too-large");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "\"text\"", "{\"title\": {}}" })
	void bodiesThatAreNoMemoAre400(String body) {
		problem(this.client.post().uri("/api/memos").contentType(MediaType.APPLICATION_JSON).body(body).exchange(), 400,
				"invalid-request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/memos?size=0", "/api/memos?size=101", "/api/memos?page=-1" })
	void pagesOutsideTheLimitsAre400(String address) {
		problem(get(address), 400, "invalid-request").jsonPath("$.errors.length()").isEqualTo(1);
	}

	@Test
	void otherMistakesAreProblemsToo() {
		get("/api/memos/abc").expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		get("/no/such/path").expectStatus().isNotFound().expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
		this.client.patch()
			.uri("/api/memos")
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		this.client.post()
			.uri("/api/memos")
			.contentType(MediaType.TEXT_PLAIN)
			.body("x")
			.exchange()
			.expectStatus()
			.isEqualTo(415)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void otherSitesMayNotChangeAnything() {
		ResponseSpec refused = this.client.post()
			.uri("/api/memos")
			.header("Sec-Fetch-Site", "cross-site")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("title", "from elsewhere"))
			.exchange();
		problem(refused, 403, "cross-site");
		this.client.get()
			.uri("/api/memos")
			.header("Sec-Fetch-Site", "cross-site")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff")
			.expectHeader()
			.exists(HttpHeaders.CONTENT_TYPE);
	}

	private ResponseSpec get(String address) {
		return this.client.get().uri(address).exchange();
	}

	private ResponseSpec post(Map<String, String> memo) {
		return this.client.post().uri("/api/memos").contentType(MediaType.APPLICATION_JSON).body(memo).exchange();
	}

	private static RestTestClient.BodyContentSpec problem(ResponseSpec answer, int status, String type) {
		return answer.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:demo-app:" + type)
			.jsonPath("$.detail")
			.isNotEmpty();
	}

}
