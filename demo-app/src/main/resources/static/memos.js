import { call } from "./api.js";
import { byId, el, say } from "./dom.js";
import { language, onLanguage, t } from "./i18n.js";

const SIZE = 5;
let shown = { items: [], page: 0, total: 0, pages: 0 };
let loaded = false;
let editing = null;
const summaries = new Map();

export function start() {
  byId("memo-form").addEventListener("submit", submit);
  byId("memo-cancel").addEventListener("click", () => edit(null));
  byId("memo-newer").addEventListener("click", () => load(shown.page - 1));
  byId("memo-older").addEventListener("click", () => load(shown.page + 1));
  onLanguage(draw);
  load(0);
}

export function isLoaded() {
  return loaded;
}

// Called again and again: keeps the list current without saying anything when that fails.
export async function refresh() {
  if (!document.activeElement?.closest("#memo-list")) {
    await load(shown.page, true);
  }
}

async function load(page, quietly = false) {
  try {
    const next = await call("GET", `api/memos?page=${page}&size=${SIZE}`);
    if (next.items.length === 0 && page > 0) {
      await load(Math.max(0, next.pages - 1), quietly);
      return;
    }
    const changed = JSON.stringify(next) !== JSON.stringify(shown);
    const first = !loaded;
    shown = next;
    loaded = true;
    if (changed || first || !quietly) {
      draw();
    }
  } catch (failure) {
    if (!quietly) {
      say(failure.message);
    }
  }
}

async function submit(event) {
  event.preventDefault();
  const draft = { title: byId("memo-title").value, body: byId("memo-body").value };
  const changing = editing;
  byId("memo-save").disabled = true;
  try {
    if (changing === null) {
      await call("POST", "api/memos", draft);
    } else {
      await call("PUT", `api/memos/${changing}`, draft);
      summaries.delete(changing);
    }
    edit(null);
    say(t(changing === null ? "memo.added" : "memo.saved"), "done");
    await load(changing === null ? 0 : shown.page);
  } catch (failure) {
    say(failure.message);
  } finally {
    byId("memo-save").disabled = false;
  }
}

function edit(memo) {
  editing = memo?.id ?? null;
  byId("memo-title").value = memo?.title ?? "";
  byId("memo-body").value = memo?.body ?? "";
  labelForm();
  if (memo) {
    byId("memo-title").focus();
    byId("memo-form").scrollIntoView({ block: "nearest" });
  }
}

function labelForm() {
  byId("memo-save").dataset.i18n = editing === null ? "memo.add" : "memo.save";
  byId("memo-save").textContent = t(byId("memo-save").dataset.i18n);
  byId("memo-cancel").hidden = editing === null;
}

// The second press within a few seconds deletes; there is no box in the way.
function askThenRemove(button, memo) {
  if (button.dataset.armed) {
    remove(memo);
    return;
  }
  button.dataset.armed = "true";
  button.textContent = t("memo.reallyDelete");
  setTimeout(() => {
    delete button.dataset.armed;
    button.textContent = t("memo.delete");
  }, 4_000);
}

async function remove(memo) {
  try {
    await call("DELETE", `api/memos/${memo.id}`);
    if (editing === memo.id) {
      edit(null);
    }
    say(t("memo.deleted"), "done");
  } catch (failure) {
    say(failure.message);
  }
  await load(shown.page);
}

async function summarize(memo) {
  try {
    summaries.set(memo.id, (await call("GET", `api/memos/${memo.id}/summary`)).summary);
    draw();
    byId(`memo-summary-${memo.id}`)?.focus();
  } catch (failure) {
    say(failure.message);
  }
}

function draw() {
  byId("memo-list").replaceChildren(...shown.items.map(card));
  byId("memo-count").textContent = loaded ? t("memo.count", { count: shown.total.toLocaleString(language()) }) : "";
  byId("memo-empty").hidden = shown.total > 0;
  byId("memo-empty").dataset.i18n = loaded ? "memo.empty" : "memo.unread";
  byId("memo-empty").textContent = t(byId("memo-empty").dataset.i18n);
  byId("memo-pages").hidden = shown.pages < 2;
  byId("memo-page").textContent = t("memo.page", { page: shown.page + 1, pages: shown.pages });
  byId("memo-newer").disabled = shown.page === 0;
  byId("memo-older").disabled = shown.page + 1 >= shown.pages;
  labelForm();
}

function card(memo) {
  const when = new Date(memo.updatedAt);
  const summary = summaries.get(memo.id);
  const button = (key, name, action) => el("button", {
    type: "button", className: "small", id: `memo-${name}-${memo.id}`, onclick: action,
    "aria-label": `${t(key)}, ${t("memo.of", { title: memo.title })}`,
  }, t(key));
  const deletes = button("memo.delete", "delete", () => askThenRemove(deletes, memo));
  deletes.removeAttribute("aria-label");
  deletes.setAttribute("aria-describedby", `memo-name-${memo.id}`);
  return el("li", { className: "memo", id: `memo-${memo.id}` },
    el("div", { className: "memo-head" },
      el("h3", { id: `memo-name-${memo.id}` }, memo.title),
      el("time", { dateTime: memo.updatedAt }, when.toLocaleString(language(), { dateStyle: "medium", timeStyle: "short" }))),
    memo.body ? el("p", { className: "text" }, memo.body) : null,
    summary ? el("p", { className: "summary" }, t("memo.figures", summary)) : null,
    el("div", { className: "actions" },
      button("memo.edit", "edit", () => edit(memo)),
      button("memo.summary", "summary", () => summarize(memo)),
      deletes));
}
