package io.monitoringstack.pushgatewayproxy.identity;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.grouping.JobPattern;
import io.monitoringstack.pushgatewayproxy.grouping.PathRules;
import io.monitoringstack.pushgatewayproxy.grouping.PushPath;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IdentityTests {

	private static final PathRules RULES = new PathRules(false, false);

	private final Identity ci = new Identity("ci", List.of(new JobPattern("ci-*"), new JobPattern("build")),
			Map.of("team", "ci", "stage", "a/b ç"));

	@ParameterizedTest
	@CsvSource({ "/metrics/job/ci-1,/metrics/job/ci-1/stage@base64/YS9iIMOn/team/ci",
			"/metrics/job/ci-1/,/metrics/job/ci-1/stage@base64/YS9iIMOn/team/ci",
			"/metrics/job@base64/Y2ktMQ==/p/%41%20+,/metrics/job@base64/Y2ktMQ==/p/%41%20+/stage@base64/YS9iIMOn/team/ci",
			"/metrics/job/ci-1/team/ci,/metrics/job/ci-1/team/ci/stage@base64/YS9iIMOn",
			"/metrics/job/build/team@base64/Y2k/stage/a%2Fb%20%C3%A7,/metrics/job/build/team@base64/Y2k/stage@base64/YS9iIMOn" })
	void addsTheLabelsThatAreMissingBehindWhatWasSent(String asked, String forwarded) {
		PushPath path = this.ci.admit(PushPath.parse(asked, RULES));
		assertThat(path.forwarded()).isEqualTo(forwarded);
		assertThat(path.key().labels()).containsEntry("team", "ci").containsEntry("stage", "a/b ç");
		assertThat(PushPath.parse(forwarded, RULES).key()).as("Pushgateway reads the same").isEqualTo(path.key());
	}

	@Test
	void refusesAJobThatIsNotItsOwnAndSaysWhichAre() {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.ci.admit(PushPath.parse("/metrics/job/nightly", RULES)))
			.satisfies((ex) -> assertThat(ex.refusal().status()).isEqualTo(403))
			.satisfies(
					(ex) -> assertThat(ex.refusal().text()).contains("\"ci\"", "\"ci-*\", \"build\"", "\"nightly\""));
	}

	@Test
	void refusesALabelThatDiffers() {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.ci.admit(PushPath.parse("/metrics/job/build/team/ops", RULES)))
			.satisfies((ex) -> assertThat(ex.refusal().status()).isEqualTo(403))
			.satisfies((ex) -> assertThat(ex.refusal().text()).contains("label team", "\"ops\"", "must be \"ci\""));
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.ci.admit(PushPath.parse("/metrics/job/build/team@base64/=", RULES)));
	}

	@Test
	void ownsOnlyGroupsOfItsJobsWithItsLabels() {
		Map<String, String> labels = Map.of("team", "ci", "stage", "a/b ç");
		assertThat(this.ci.owns(group("build", labels))).isTrue();
		assertThat(this.ci.owns(group("nightly", labels))).isFalse();
		assertThat(this.ci.owns(group("build", Map.of("team", "ci")))).isFalse();
		assertThat(this.ci.owns(group("build", Map.of("team", "ops", "stage", "a/b ç")))).isFalse();
		assertThat(Identity.ANYONE.owns(group("nightly", Map.of()))).isTrue();
	}

	@Test
	void leavesThePathAloneWhereNothingIsAdded() {
		PushPath asked = PushPath.parse("/metrics/job/x", RULES);
		assertThat(Identity.ANYONE.admit(asked)).isSameAs(asked);
	}

	private static GroupingKey group(String job, Map<String, String> labels) {
		Map<String, String> all = new TreeMap<>(labels);
		all.put("job", job);
		return new GroupingKey(all);
	}

}
