import { t } from "./i18n.js";

// A request that went wrong, with a sentence for the visitor.
export class Failure extends Error {}

export async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
    });
  } catch {
    throw new Failure(t("error.network"));
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    throw new Failure(explain(response.status, answer));
  }
  return answer;
}

function explain(status, problem) {
  switch (problem?.type) {
    case "urn:demo-app:chaos": return t("error.chaos");
    case "urn:demo-app:database-unavailable": return t("error.database");
    case "urn:demo-app:memo-not-found": return t("error.gone");
    default:
  }
  if (problem?.errors) {
    return t("error.invalid", { fields: problem.errors.map((error) => `${error.field} – ${error.message}`).join(", ") });
  }
  return t("error.status", { status, detail: problem?.detail ?? "" });
}
