import { call } from "./api.js";
import { byId, el, say } from "./dom.js";
import { language, onLanguage, t } from "./i18n.js";

const MINUTES = [1, 5, 10, 30, 60];
const STANDARD_MINUTES = 10;
let switches = [];

export function start() {
  byId("chaos-stop-all").addEventListener("click", stopAll);
  onLanguage(build);
  setInterval(tick, 1_000);
}

export async function refresh() {
  const next = await call("GET", "chaos");
  const first = switches.length === 0;
  switches = next.map(withEnd);
  if (first) {
    build();
  } else {
    switches.forEach(show);
  }
  byId("chaos-stop-all").disabled = !switches.some((item) => item.active);
}

// Counts down by this computer's clock from the seconds left, so that wrong clocks do not matter.
function withEnd(item) {
  const length = item.active ? (Date.parse(item.until) - Date.parse(item.since)) / 1_000 : 0;
  return { ...item, length, end: performance.now() + item.remainingSeconds * 1_000 };
}

function build() {
  byId("chaos-list").replaceChildren(...switches.map(card));
  switches.forEach(show);
}

function card(item) {
  const name = item.name;
  const field = (parameter) => el("label", {}, t(`chaos.param.${parameter.name}`), el("input", {
    id: `chaos-param-${name}-${parameter.name}`, type: "number", min: parameter.min, max: parameter.max,
    step: parameter.max <= 1 ? "any" : 1, value: parameter.default, inputMode: "decimal",
  }));
  const duration = el("label", {}, t("chaos.duration"), el("select", { id: `chaos-duration-${name}` },
    ...MINUTES.map((minutes) => el("option", { value: `${minutes}m`, selected: minutes === STANDARD_MINUTES }, t("chaos.minutes", { minutes })))));
  return el("li", { className: "switch", id: `chaos-${name}` },
    el("div", {},
      el("h3", { id: `chaos-name-${name}` }, t(`chaos.${name}`)),
      el("p", { className: "what" }, t(`chaos.${name}.what`))),
    el("button", { type: "button", className: "toggle", id: `chaos-toggle-${name}`, "aria-describedby": `chaos-name-${name}`, onclick: () => toggle(name) }),
    el("p", { className: "alert wide" }, `${t("chaos.alert")} `, el("code", { id: `chaos-alert-${name}` }, item.alert)),
    el("div", { className: "options wide", id: `chaos-options-${name}` }, ...item.accepts.map(field), duration),
    el("div", { className: "running wide", id: `chaos-running-${name}` },
      el("div", { className: "running-line" },
        el("strong", { id: `chaos-remaining-${name}` }),
        el("span", { id: `chaos-figures-${name}` })),
      el("progress", { id: `chaos-progress-${name}`, "aria-labelledby": `chaos-remaining-${name}` })));
}

function show(item) {
  const node = byId(`chaos-${item.name}`);
  node.dataset.active = String(item.active);
  const toggleButton = byId(`chaos-toggle-${item.name}`);
  toggleButton.textContent = t(item.active ? "chaos.off" : "chaos.on");
  toggleButton.setAttribute("aria-pressed", String(item.active));
  toggleButton.classList.toggle("danger", item.active);
  byId(`chaos-options-${item.name}`).hidden = item.active;
  byId(`chaos-running-${item.name}`).hidden = !item.active;
  byId(`chaos-figures-${item.name}`).textContent = figures(item);
  countDown(item);
}

function figures(item) {
  const parameters = Object.entries(item.parameters)
    .filter(([name]) => !(name in item.figures) && name !== "megabytes")
    .map(([name, value]) => `${t(`chaos.param.${name}`)}: ${value.toLocaleString(language())}`);
  const counted = Object.entries(item.figures)
    .map(([name, value]) => t(`chaos.figure.${name}`, { value: value.toLocaleString(language()) }));
  return [...parameters, ...counted].join(" · ");
}

function countDown(item) {
  if (!item.active) {
    return;
  }
  const left = Math.max(0, Math.ceil((item.end - performance.now()) / 1_000));
  const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  byId(`chaos-remaining-${item.name}`).textContent = t("chaos.remaining", { time });
  const progress = byId(`chaos-progress-${item.name}`);
  progress.max = item.length;
  progress.value = left;
}

function tick() {
  switches.forEach(countDown);
}

async function toggle(name) {
  const item = switches.find((candidate) => candidate.name === name);
  const button = byId(`chaos-toggle-${name}`);
  button.disabled = true;
  try {
    if (item.active) {
      await call("DELETE", `chaos/${name}`);
    } else {
      await call("POST", `chaos/${name}`, order(item));
    }
    say(t(item.active ? "chaos.stopped" : "chaos.started", { name: t(`chaos.${name}`) }), "done");
    await refresh();
  } catch (failure) {
    say(failure.message);
  } finally {
    button.disabled = false;
  }
}

function order(item) {
  const asked = { duration: byId(`chaos-duration-${item.name}`).value };
  for (const parameter of item.accepts) {
    const value = byId(`chaos-param-${item.name}-${parameter.name}`).value;
    if (value !== "") {
      asked[parameter.name] = value;
    }
  }
  return asked;
}

async function stopAll() {
  try {
    await call("DELETE", "chaos");
    say(t("chaos.stoppedAll"), "done");
    await refresh();
  } catch (failure) {
    say(failure.message);
  }
}
