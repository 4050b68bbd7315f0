import { byId, el } from "./dom.js";
import { language, onLanguage, t } from "./i18n.js";

// The tiles: read from the service's own metrics, as Prometheus reads them, and compared with the reading before.
const NAMES = ["http_requests", "http_requests_total", "http_request_duration_seconds", "process_cpu_usage", "jvm_memory_used_bytes", "jvm_memory_max_bytes"];
const KEEP = 60;
const SVG = "http://www.w3.org/2000/svg";

const tiles = [
  { id: "rate", digits: 1, unit: "/s" },
  { id: "errors", digits: 1, unit: "%", high: 5 },
  { id: "latency", digits: 0, unit: "ms", high: 1_000 },
  { id: "cpu", digits: 0, unit: "%", high: 80 },
  { id: "heap", digits: 0, unit: "%", high: 85 },
].map((tile) => ({ ...tile, history: [], value: null }));

let before = null;

export function start() {
  onLanguage(draw);
}

export async function refresh() {
  const query = new URLSearchParams(NAMES.map((name) => ["includedNames", name]));
  const response = await fetch(`actuator/prometheus?${query}`, { headers: { Accept: "text/plain" }, cache: "no-store" });
  const now = read(await response.text());
  now.at = performance.now();
  const values = figures(now, before);
  before = now;
  for (const tile of tiles) {
    tile.value = values[tile.id];
    tile.history = [...tile.history, tile.value].slice(-KEEP);
  }
  draw();
}

function read(exposition) {
  const sums = { requests: 0, failed: 0, seconds: 0, answered: 0, cpu: null, used: 0, max: 0 };
  for (const line of exposition.split("\n")) {
    const match = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (!match) {
      continue;
    }
    const [, name, labels = "", text] = match;
    const value = Number(text);
    if (name === "http_requests_total") {
      sums.requests += value;
      sums.failed += /status_code="5/.test(labels) ? value : 0;
    } else if (name === "http_request_duration_seconds_sum") {
      sums.seconds += value;
    } else if (name === "http_request_duration_seconds_count") {
      sums.answered += value;
    } else if (name === "process_cpu_usage") {
      sums.cpu = value;
    } else if (name === "jvm_memory_used_bytes" && labels.includes('area="heap"')) {
      sums.used += value;
    } else if (name === "jvm_memory_max_bytes" && labels.includes('area="heap"') && value > 0) {
      sums.max += value;
    }
  }
  return sums;
}

function figures(now, last) {
  const found = { rate: null, errors: null, latency: null, cpu: now.cpu === null ? null : now.cpu * 100, heap: now.max > 0 ? now.used / now.max * 100 : null };
  if (last !== null && now.requests >= last.requests) {
    const requests = now.requests - last.requests;
    const answered = now.answered - last.answered;
    found.rate = requests / ((now.at - last.at) / 1_000);
    found.errors = requests > 0 ? (now.failed - last.failed) / requests * 100 : null;
    found.latency = answered > 0 ? (now.seconds - last.seconds) / answered * 1_000 : null;
  }
  return found;
}

function draw() {
  byId("tiles").replaceChildren(...tiles.map(card));
}

function card(tile) {
  const high = tile.value !== null && tile.high !== undefined && tile.value > tile.high;
  const number = tile.value === null ? "–" : tile.value.toLocaleString(language(), { maximumFractionDigits: tile.digits });
  return el("li", { className: "tile", id: `stat-${tile.id}`, "data-level": high ? "high" : "normal" },
    el("span", { className: "name" }, t(`live.${tile.id}`)),
    el("span", { className: "level" }, high ? `▲ ${t("live.high")}` : ""),
    el("span", { className: "value" }, number, " ", el("small", {}, tile.value === null ? "" : tile.unit)),
    line(tile));
}

function line(tile) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${KEEP - 1} 20`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const top = Math.max(tile.high ?? 1, ...tile.history.map((value) => value ?? 0));
  const points = tile.history
    .map((value, index) => (value === null ? null : `${KEEP - tile.history.length + index},${19 - value / top * 18}`))
    .filter((point) => point !== null);
  const path = document.createElementNS(SVG, "polyline");
  path.setAttribute("points", points.join(" "));
  path.setAttribute("fill", "none");
  path.setAttribute("stroke", "currentColor");
  path.setAttribute("stroke-width", "1.5");
  path.setAttribute("vector-effect", "non-scaling-stroke");
  svg.append(path);
  return svg;
}
