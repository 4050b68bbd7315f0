import * as chaos from "./chaos.js";
import { byId } from "./dom.js";
import { apply, onLanguage, setLanguage, t } from "./i18n.js";
import * as live from "./live.js";
import * as memos from "./memos.js";

const EVERY = 3_000;
const MEMOS_EVERY = 5;
let state = "unknown";
let turns = 0;

// 503 is an answer too: it is how the service says that it is not well.
async function health() {
  try {
    const response = await fetch("health/", { cache: "no-store" });
    state = (await response.json()).status === "healthy" ? "healthy" : "unhealthy";
  } catch {
    state = "away";
  }
  showHealth();
}

function showHealth() {
  byId("health-status").dataset.state = state === "away" ? "unhealthy" : state;
  byId("health-text").dataset.i18n = `health.${state}`;
  byId("health-text").textContent = t(`health.${state}`);
}

// One round at a time; a page nobody sees asks nothing.
async function round() {
  if (!document.hidden) {
    turns += 1;
    const asked = [health(), chaos.refresh(), live.refresh()];
    if (turns % MEMOS_EVERY === 0 || !memos.isLoaded()) {
      asked.push(memos.refresh());
    }
    await Promise.allSettled(asked);
  }
  setTimeout(round, EVERY);
}

byId("lang-ko").addEventListener("click", () => setLanguage("ko"));
byId("lang-en").addEventListener("click", () => setLanguage("en"));
onLanguage(showHealth);
live.start();
chaos.start();
memos.start();
apply();
round();
