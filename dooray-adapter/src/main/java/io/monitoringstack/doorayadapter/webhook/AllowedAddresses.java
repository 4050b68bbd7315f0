package io.monitoringstack.doorayadapter.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.apache.catalina.util.NetMask;

/**
 * The addresses that may call, in the notation of CIDR. An empty list lets everybody in.
 * Names are never looked up.
 */
final class AllowedAddresses {

	private static final Pattern ADDRESS = Pattern
		.compile("(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/\\d{1,3})?");

	private final List<NetMask> masks;

	private AllowedAddresses(List<NetMask> masks) {
		this.masks = masks;
	}

	/**
	 * Reads the list.
	 * @param entries addresses and networks
	 * @return it
	 * @throws IllegalArgumentException if an entry is neither
	 */
	static AllowedAddresses of(List<String> entries) {
		List<NetMask> masks = new ArrayList<>();
		for (int i = 0; i < entries.size(); i++) {
			String entry = entries.get(i).strip();
			if (!entry.isEmpty()) {
				masks.add(mask(entry, i + 1));
			}
		}
		return new AllowedAddresses(List.copyOf(masks));
	}

	private static NetMask mask(String entry, int number) {
		if (ADDRESS.matcher(entry).matches()) {
			try {
				return new NetMask(entry);
			}
			catch (IllegalArgumentException ex) {
				// As any other text that is no address; its message says no more.
			}
		}
		throw new IllegalArgumentException(("WEBHOOK_ALLOWED_ADDRESSES: entry %d is no address and no network such as "
				+ "192.0.2.7, 10.0.0.0/8 or fd00::/8; a host's name does not do: %s")
			.formatted(number, Masked.text(entry)));
	}

	boolean everybody() {
		return this.masks.isEmpty();
	}

	/**
	 * Tells whether an address may call. One of IPv4 written as one of IPv6
	 * (<code>::ffff:192.0.2.7</code>) counts as what it is.
	 * @param address address of the connection
	 * @return whether it may
	 */
	boolean allow(String address) {
		String literal = address.replaceFirst("%.*", "");
		if (everybody()) {
			return true;
		}
		if (!ADDRESS.matcher(literal).matches()) {
			return false;
		}
		try {
			InetAddress caller = InetAddress.getByName(literal);
			return this.masks.stream().anyMatch((mask) -> mask.matches(caller));
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
