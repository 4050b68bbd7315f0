package io.monitoringstack.dooraysimulator.behaviour;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BehavioursTests {

	private static final Behaviour NORMAL = Behaviour.normal(1);

	private final Behaviours behaviours = new Behaviours(NORMAL);

	@Test
	void isNormalUntilSomebodyAsksForSomethingElse() {
		assertThat(this.behaviours.get()).isEqualTo(NORMAL);
		assertThat(this.behaviours.take("any")).isEqualTo(NORMAL);
	}

	@Test
	void fillsWhatWasLeftOutWithDefaults() {
		assertThat(this.behaviours.set("{\"mode\":\"status\",\"times\":null}"))
			.isEqualTo(new Behaviour(Mode.STATUS, 503, 0, 0, 1, null));
		assertThat(this.behaviours.set("{}")).isEqualTo(NORMAL);
	}

	@Test
	void readsEachField() {
		assertThat(this.behaviours.set("""
				{"mode":"ok-html","status":429,"retryAfterSeconds":5,"delayMillis":250,"perSecond":0,"times":3}"""))
			.isEqualTo(new Behaviour(Mode.OK_HTML, 429, 5, 250, 0, 3));
	}

	@Test
	void countsItsAnswersDownAndThenIsNormalAgain() {
		this.behaviours.set("{\"mode\":\"status\",\"perSecond\":0,\"times\":2}");
		assertThat(this.behaviours.take("a").mode()).isEqualTo(Mode.STATUS);
		assertThat(this.behaviours.get().times()).isEqualTo(1);
		assertThat(this.behaviours.take("b").mode()).isEqualTo(Mode.STATUS);
		assertThat(this.behaviours.get()).isEqualTo(NORMAL);
	}

	@Test
	void givesOneHookItsOwnBehaviour() {
		this.behaviours.set("critical", "{\"mode\":\"hang\",\"times\":1}");
		assertThat(this.behaviours.take("warning").mode()).isEqualTo(Mode.OK);
		assertThat(this.behaviours.get("critical").mode()).isEqualTo(Mode.HANG);
		assertThat(this.behaviours.take("critical").mode()).isEqualTo(Mode.HANG);
		assertThat(this.behaviours.take("critical").mode()).isEqualTo(Mode.OK);
		assertThat(this.behaviours.exceptions()).isEmpty();
	}

	@Test
	void aHookWithItsOwnBehaviourUsesUpNoneOfTheCommonOne() {
		this.behaviours.set("{\"mode\":\"status\",\"times\":1}");
		this.behaviours.set("critical", "{\"mode\":\"reset\"}");
		this.behaviours.take("critical");
		assertThat(this.behaviours.get().times()).isEqualTo(1);
		this.behaviours.reset("critical");
		assertThat(this.behaviours.take("critical").mode()).isEqualTo(Mode.STATUS);
	}

	@Test
	void returnsToNormalEverywhere() {
		this.behaviours.set("{\"mode\":\"hang\"}");
		this.behaviours.set("critical", "{\"mode\":\"reset\"}");
		this.behaviours.reset();
		assertThat(this.behaviours.get()).isEqualTo(NORMAL);
		assertThat(this.behaviours.get("critical")).isEqualTo(NORMAL);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					nonsense                 | The body must be JSON, for example {"mode":"ok"}.
					[]                       | The body must be a JSON object, for example {"mode":"ok"}.
					{"mode":"rest"}          | mode must be one of ok, ok-empty, ok-html, not-successful, status, hang, reset, not "rest".
					{"mode":5}               | mode must be one of ok, ok-empty, ok-html, not-successful, status, hang, reset, not 5.
					{"mod":"ok"}             | Field 'mod' is not known; use mode, status, retryAfterSeconds, delayMillis, perSecond, times.
					{"status":99}            | status must be a whole number from 200 to 599, not 99.
					{"status":"503"}         | status must be a whole number from 200 to 599, not "503".
					{"delayMillis":1.5}      | delayMillis must be a whole number from 0 to 300000, not 1.5.
					{"perSecond":-1}         | perSecond must be a whole number from 0 to 1000, not -1.
					{"times":0}              | times must be a whole number from 1 to 1000000, not 0.
					{"retryAfterSeconds":99999999999} | retryAfterSeconds must be a whole number from 0 to 86400, not 99999999999.
					""")
	void refusesWhatItCannotDoAndStaysAsItWas(String json, String complaint) {
		this.behaviours.set("{\"mode\":\"hang\"}");
		assertThatExceptionOfType(InvalidBehaviourException.class).isThrownBy(() -> this.behaviours.set(json))
			.withMessage(complaint);
		assertThat(this.behaviours.get().mode()).isEqualTo(Mode.HANG);
	}

	@Test
	void boundsTheHooksWithTheirOwnBehaviour() {
		for (int i = 0; i < 100; i++) {
			this.behaviours.set("hook" + i, "{\"mode\":\"hang\"}");
		}
		assertThatExceptionOfType(InvalidBehaviourException.class)
			.isThrownBy(() -> this.behaviours.set("one more", "{\"mode\":\"hang\"}"));
		assertThat(this.behaviours.set("hook5", "{\"mode\":\"reset\"}").mode()).isEqualTo(Mode.RESET);
	}

	@Test
	void tellsItsListenersOfEachChangeAndOnlyOfChanges() {
		AtomicInteger changes = new AtomicInteger();
		this.behaviours.onChange(changes::incrementAndGet);
		this.behaviours.take("a");
		assertThat(changes).hasValue(0);
		this.behaviours.set("{\"mode\":\"hang\",\"times\":1}");
		this.behaviours.take("a");
		assertThat(changes).hasValue(2);
	}

}
