package io.monitoringstack.doorayadapter.webhook;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AllowedAddressesTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8,10.255.0.1,true", "10.0.0.0/8,11.0.0.1,false", "10.0.0.9/8,10.1.2.3,true",
			"192.0.2.7,192.0.2.7,true", "192.0.2.7,192.0.2.8,false", "192.0.2.128/25,192.0.2.127,false",
			"192.0.2.128/25,192.0.2.129,true", "0.0.0.0/0,203.0.113.9,true", "0.0.0.0/0,2001:db8::1,false",
			"::/0,2001:db8::1,true", "fd00::/8,fd12:3456::1,true", "fd00::/8,fe80::1,false", "::1,0:0:0:0:0:0:0:1,true",
			"fe80::/10,fe80::1%eth0,true", "fe80::/10,fe80:0:0:0:0:0:0:1%2,true", "10.0.0.0/8,::ffff:10.1.2.3,true",
			"10.0.0.0/8,::ffff:0a01:0203,true", "10.0.0.0/8,::ffff:11.1.2.3,false", "::ffff:192.0.2.7,192.0.2.7,true" })
	void anAddressMayCallWhenANetworkHoldsIt(String network, String address, boolean allowed) {
		assertThat(AllowedAddresses.of(List.of("198.51.100.1", network)).allow(address)).isEqualTo(allowed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "", "null", "10.0.0.1, 10.0.0.2", "example.com" })
	void whatIsNoAddressMayNotCall(String address) {
		assertThat(AllowedAddresses.of(List.of("0.0.0.0/0", "::/0")).allow(address)).isFalse();
	}

	@Test
	void anEmptyListLetsEverybodyIn() {
		assertThat(AllowedAddresses.of(List.of("", " ")).allow("203.0.113.9")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/33", "10.0.0/8", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.300", "fd00::/129",
			"fd00:::1", "alertmanager", "cafe", "localhost/8", "10.0.0.0-10.0.0.9", "*" })
	void refusesWhatIsNeitherAddressNorNetwork(String entry) {
		assertThatIllegalArgumentException().isThrownBy(() -> AllowedAddresses.of(List.of("10.0.0.1", entry)))
			.withMessageStartingWith("WEBHOOK_ALLOWED_ADDRESSES: entry 2 is no address and no network such as")
			.withMessageEndingWith(": " + entry);
	}

}
