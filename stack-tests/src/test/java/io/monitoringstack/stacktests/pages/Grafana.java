package io.monitoringstack.stacktests.pages;

import java.util.Objects;

/**
 * Grafana's login, as a person passes it.
 */
final class Grafana {

	private Grafana() {
	}

	static void logIn(Browser browser, Site site) {
		browser.open(site.base() + "/login");
		browser.waitUntil("the login", (page) -> !page.all("input[name=user]").isEmpty());
		browser.find("input[name=user]").sendKeys(variable("GRAFANA_ADMIN_USER"));
		browser.find("input[name=password]").sendKeys(variable("GRAFANA_ADMIN_PASSWORD"));
		browser.find("button[type=submit]").click();
		browser.waitUntil("Grafana's first page",
				(page) -> page.all("input[name=password]").isEmpty() || page.find("body").getText().contains("Skip"));
	}

	private static String variable(String name) {
		return Objects.requireNonNullElse(System.getenv(name), "admin");
	}

}
