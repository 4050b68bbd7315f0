package io.monitoringstack.dooraysimulator.api;

import io.monitoringstack.dooraysimulator.behaviour.Behaviour;
import io.monitoringstack.dooraysimulator.behaviour.Behaviours;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

@WebMvcTest(BehaviourController.class)
class BehaviourControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private Behaviours behaviours;

	@BeforeEach
	void backToNormal() {
		this.behaviours.reset();
	}

	@Test
	void tellsTheBehaviourInForce() {
		assertThat(this.mvc.get().uri("/api/behaviour")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
				{"mode":"ok","status":503,"retryAfterSeconds":0,"delayMillis":0,"perSecond":1,"times":null}""");
	}

	@Test
	void takesBackWhatItShows() {
		String shown = """
				{"mode":"status","status":429,"retryAfterSeconds":5,"delayMillis":10,"perSecond":2,"times":3}""";
		assertThat(this.mvc.put().uri("/api/behaviour").contentType(MediaType.APPLICATION_JSON).content(shown))
			.hasStatusOk()
			.bodyJson()
			.isStrictlyEqualTo(shown);
		assertThat(this.mvc.get().uri("/api/behaviour")).bodyJson().isStrictlyEqualTo(shown);
	}

	@Test
	void takesABodyThatCurlCallsAForm() {
		assertThat(this.mvc.put()
			.uri("/api/behaviour/critical")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.content("{\"mode\":\"hang\"}")).hasStatusOk().bodyJson().extractingPath("$.mode").isEqualTo("hang");
		assertThat(this.mvc.get().uri("/api/behaviour/critical")).bodyJson().extractingPath("$.mode").isEqualTo("hang");
		assertThat(this.mvc.get().uri("/api/behaviour")).bodyJson().extractingPath("$.mode").isEqualTo("ok");
		assertThat(this.mvc.delete().uri("/api/behaviour/critical")).bodyJson()
			.extractingPath("$.mode")
			.isEqualTo("ok");
	}

	@Test
	void saysWhatToChangeInAWrongBehaviour() {
		assertThat(this.mvc.put().uri("/api/behaviour").content("{\"times\":-1}")).hasStatus(400)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("$.detail")
			.isEqualTo("times must be a whole number from 1 to 1000000, not -1.");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Core {

		@Bean
		Behaviours behaviours() {
			return new Behaviours(Behaviour.normal(1));
		}

	}

}
