package io.monitoringstack.doorayadapter.privacy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Kinds of personal data that can be told by their form alone, each with what makes it
 * differ from the numbers that alerts are full of: times, addresses, versions, ids.
 */
enum PersonalData {

	/**
	 * Resident registration number. Without its hyphen only with a right check digit, and
	 * not where it may be a time in milliseconds.
	 */
	RRN("rrn", "(?<![\\w.:/-])(\\d{6})(-?)([1-8]\\d{6})(?![\\w:/-]|\\.\\d)", PersonalData::isResident) {

		@Override
		String hidden(String found) {
			return "******-*******";
		}

	},

	/**
	 * Number of a payment card: a known issuer, the right length, a right check digit.
	 */
	CARD("card",
			"(?<![\\w.:/-])(?:\\d{13,19}|\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{4}|\\d{4}([ -])\\d{6}\\2\\d{5})(?![\\w:/-]|\\.\\d)",
			PersonalData::isCard) {

		@Override
		String hidden(String found) {
			return "****-****-****-" + found.substring(found.length() - 4);
		}

	},

	/** Korean mobile number, and fixed line written with its hyphens. */
	PHONE("phone", "(?<![\\w.:/+-])(?:(?:\\+82[ -]?(?:\\(0\\))?|0)1[016789](?:([ .-])\\d{3,4}\\1\\d{4}|\\d{7,8})"
			+ "|(?:\\+82-|0)(?:2|[3-6][1-5]|70)-\\d{3,4}-\\d{4})(?![\\w:/-]|\\.\\d)", (found) -> true) {

		@Override
		String hidden(String found) {
			return "***-****-****";
		}

	},

	/**
	 * Mail address, but no unit of systemd and no address of a repository. The number of
	 * parts is bounded: thousands would not fit the stack.
	 */
	EMAIL("email",
			"(?<![\\w.+/:-])[\\w.+-]{1,64}+@(?:[A-Za-z0-9-]{1,63}+\\.){1,20}"
					+ "(?!(?:service|socket|timer|slice|scope|target|mount|path|device|local|internal)\\b)"
					+ "[A-Za-z]{2,24}+(?![\\w:/-])",
			(found) -> true) {

		@Override
		String hidden(String found) {
			return "***@***";
		}

	};

	private final String label;

	private final Pattern form;

	private final Predicate<String> genuine;

	PersonalData(String label, String form, Predicate<String> genuine) {
		this.label = label;
		this.form = Pattern.compile(form);
		this.genuine = genuine;
	}

	abstract String hidden(String found);

	String label() {
		return this.label;
	}

	/**
	 * Hides each occurrence.
	 * @param text text to look through
	 * @param onFound is called for each
	 * @return the text without them
	 */
	String hide(String text, Runnable onFound) {
		return this.form.matcher(text).replaceAll((match) -> {
			String found = match.group();
			if (!this.genuine.test(found)) {
				return java.util.regex.Matcher.quoteReplacement(found);
			}
			onFound.run();
			return java.util.regex.Matcher.quoteReplacement(hidden(found));
		});
	}

	private static boolean isResident(String found) {
		String digits = found.replace("-", "");
		if (!isDate(digits)) {
			return false;
		}
		// Milliseconds since 1970 begin with 16 to 19 from 2020 to 2033.
		boolean maybeMillis = digits.compareTo("16") >= 0 && digits.compareTo("20") < 0;
		return found.contains("-") || (!maybeMillis && hasResidentCheckDigit(digits));
	}

	private static boolean isDate(String digits) {
		try {
			int century = switch (digits.charAt(6)) {
				case '1', '2', '5', '6' -> 1900;
				default -> 2000;
			};
			LocalDate.of(century + Integer.parseInt(digits, 0, 2, 10), Integer.parseInt(digits, 2, 4, 10),
					Integer.parseInt(digits, 4, 6, 10));
			return true;
		}
		catch (DateTimeException ex) {
			return false;
		}
	}

	private static boolean hasResidentCheckDigit(String digits) {
		int sum = 0;
		for (int i = 0; i < 12; i++) {
			sum += (digits.charAt(i) - '0') * (i % 8 + 2);
		}
		return (11 - sum % 11) % 10 == digits.charAt(12) - '0';
	}

	private static boolean isCard(String found) {
		String digits = found.replaceAll("\\D", "");
		boolean issuer = switch (digits.length()) {
			case 13, 19 -> digits.startsWith("4") || digits.startsWith("62");
			case 14 -> digits.matches("3(0[0-5]|[68]).*");
			case 15 -> digits.matches("3[47].*");
			case 16 -> digits.matches("(4|5[1-5]|2[2-7]|35|6011|62|64[4-9]|65|9).*");
			default -> false;
		};
		return issuer && digits.chars().distinct().count() > 1 && hasLuhnDigit(digits);
	}

	private static boolean hasLuhnDigit(String digits) {
		int sum = 0;
		for (int i = 0; i < digits.length(); i++) {
			int digit = digits.charAt(digits.length() - 1 - i) - '0';
			int value = (i % 2 == 1) ? digit * 2 : digit;
			sum += (value > 9) ? value - 9 : value;
		}
		return sum % 10 == 0;
	}

}
