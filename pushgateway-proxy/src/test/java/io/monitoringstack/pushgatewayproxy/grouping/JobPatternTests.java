package io.monitoringstack.pushgatewayproxy.grouping;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class JobPatternTests {

	@ParameterizedTest
	@CsvSource({ "*,anything,true", "*,'',true", "ci-*,ci-1,true", "ci-*,ci-,true", "ci-*,xci-1,false",
			"*-nightly,db-nightly,true", "*-nightly,db-nightly-2,false", "a*b*c,aXbYc,true", "a*b*c,abcbc,true",
			"a*b*c,acb,false", "a.c,abc,false", "[a],a,false", "[a],[a],true", "ci,CI,false", "a**b,ab,true",
			"*a,baa,true", "배치-*,배치-밤,true" })
	void aStarStandsForAnythingAndTheRestForItself(String pattern, String job, boolean fits) {
		assertThat(new JobPattern(pattern).matches(job)).isEqualTo(fits);
	}

	@Test
	void manyStarsAndALongNameTakeFewSteps() {
		// A regular expression would still be at it next year.
		assertThat(new JobPattern("*a".repeat(40) + "b").matches("a".repeat(30_000))).isFalse();
	}

}
