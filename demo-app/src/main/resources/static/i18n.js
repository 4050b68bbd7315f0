// Texts of the page in both languages. Every key exists in both; a test compares them.
export const texts = {
  ko: {
    "title": "메모 데모",
    "subtitle": "관측되는 작은 서비스, 그리고 일부러 고장 내는 스위치",
    "skip": "본문으로",
    "health.unknown": "상태 확인 중",
    "health.healthy": "정상",
    "health.unhealthy": "비정상",
    "health.away": "응답 없음",
    "live.heading": "지금",
    "live.rate": "요청",
    "live.errors": "오류율",
    "live.latency": "평균 응답",
    "live.cpu": "CPU",
    "live.heap": "힙 메모리",
    "live.high": "높음",
    "memo.heading": "메모",
    "memo.count": "{count}개",
    "memo.title": "제목",
    "memo.body": "내용",
    "memo.add": "추가",
    "memo.save": "저장",
    "memo.cancel": "취소",
    "memo.edit": "수정",
    "memo.delete": "삭제",
    "memo.reallyDelete": "정말 삭제",
    "memo.summary": "요약",
    "memo.figures": "{characters}자 · {words}단어 · {lines}줄",
    "memo.empty": "아직 메모가 없습니다. 첫 메모를 적어 보세요.",
    "memo.unread": "메모 목록을 읽는 중입니다.",
    "memo.pages": "메모 쪽",
    "memo.newer": "새 메모",
    "memo.older": "지난 메모",
    "memo.page": "{page} / {pages}쪽",
    "memo.added": "메모를 추가했습니다.",
    "memo.saved": "메모를 저장했습니다.",
    "memo.deleted": "메모를 삭제했습니다.",
    "memo.of": "메모 ‘{title}’",
    "chaos.heading": "고장 스위치",
    "chaos.hint": "켜 두면 몇 분 뒤 알림이 채팅방에 옵니다. 정한 시간이 지나면 스스로 꺼집니다.",
    "chaos.stopAll": "모두 끄기",
    "chaos.on": "켜기",
    "chaos.off": "끄기",
    "chaos.errors": "오류",
    "chaos.errors.what": "API 요청이 정한 비율로 500 오류가 됩니다.",
    "chaos.latency": "지연",
    "chaos.latency.what": "API 요청이 정한 시간만큼 늦어집니다.",
    "chaos.cpu": "CPU",
    "chaos.cpu.what": "프로세서를 바쁘게 만듭니다.",
    "chaos.memory": "메모리",
    "chaos.memory.what": "힙을 안전한 한도까지 채웁니다. 알림은 호스트 메모리가 모자랄 때 옵니다.",
    "chaos.database": "데이터베이스",
    "chaos.database.what": "데이터베이스 연결이 끊긴 것처럼 됩니다. API는 503, /health/도 503으로 답합니다.",
    "chaos.alert": "이어지면 오는 알림:",
    "chaos.param.rate": "비율 (0–1)",
    "chaos.param.millis": "지연 (ms)",
    "chaos.param.threads": "스레드",
    "chaos.param.percent": "사용률 (%)",
    "chaos.param.megabytes": "MB (0 = 한도까지)",
    "chaos.duration": "시간",
    "chaos.minutes": "{minutes}분",
    "chaos.remaining": "{time} 뒤 꺼짐",
    "chaos.figure.threads": "바쁜 스레드 {value}개",
    "chaos.figure.heldMegabytes": "{value} MB 점유",
    "chaos.started": "‘{name}’ 스위치를 켰습니다.",
    "chaos.stopped": "‘{name}’ 스위치를 껐습니다.",
    "chaos.stoppedAll": "모든 스위치를 껐습니다.",
    "error.status": "서버가 {status}(으)로 답했습니다: {detail}",
    "error.chaos": "일부러 낸 오류입니다 (500). ‘오류’ 스위치가 켜져 있습니다.",
    "error.database": "데이터베이스에 닿지 않습니다 (503).",
    "error.network": "서비스가 응답하지 않습니다.",
    "error.gone": "이미 없어진 메모입니다.",
    "error.invalid": "값을 확인해 주세요: {fields}",
    "links.heading": "바로 보기",
    "links.metrics": "메트릭",
    "links.health": "상태",
    "links.ready": "준비 상태",
    "links.live": "생존 상태",
    "links.api": "메모 API",
  },
  en: {
    "title": "Memo demo",
    "subtitle": "A small observed service, and switches that break it on purpose",
    "skip": "Skip to content",
    "health.unknown": "Checking health",
    "health.healthy": "Healthy",
    "health.unhealthy": "Unhealthy",
    "health.away": "No answer",
    "live.heading": "Right now",
    "live.rate": "Requests",
    "live.errors": "Error rate",
    "live.latency": "Mean response",
    "live.cpu": "CPU",
    "live.heap": "Heap memory",
    "live.high": "high",
    "memo.heading": "Memos",
    "memo.count": "{count} in total",
    "memo.title": "Title",
    "memo.body": "Text",
    "memo.add": "Add",
    "memo.save": "Save",
    "memo.cancel": "Cancel",
    "memo.edit": "Edit",
    "memo.delete": "Delete",
    "memo.reallyDelete": "Really delete",
    "memo.summary": "Summary",
    "memo.figures": "{characters} characters · {words} words · {lines} lines",
    "memo.empty": "No memos yet. Write the first one.",
    "memo.unread": "Reading the memos.",
    "memo.pages": "Pages of memos",
    "memo.newer": "Newer",
    "memo.older": "Older",
    "memo.page": "Page {page} of {pages}",
    "memo.added": "Memo added.",
    "memo.saved": "Memo saved.",
    "memo.deleted": "Memo deleted.",
    "memo.of": "memo “{title}”",
    "chaos.heading": "Chaos switches",
    "chaos.hint": "Leave one on and an alert reaches the chat room after some minutes. Each switch ends by itself.",
    "chaos.stopAll": "All off",
    "chaos.on": "Turn on",
    "chaos.off": "Turn off",
    "chaos.errors": "Errors",
    "chaos.errors.what": "API requests fail with 500 at the given rate.",
    "chaos.latency": "Latency",
    "chaos.latency.what": "API requests take longer by the given time.",
    "chaos.cpu": "CPU",
    "chaos.cpu.what": "Keeps the processors busy.",
    "chaos.memory": "Memory",
    "chaos.memory.what": "Fills the heap up to a safe limit. The alert comes where the host runs short of memory.",
    "chaos.database": "Database",
    "chaos.database.what": "As if the connection to the database were lost: the API and /health/ answer 503.",
    "chaos.alert": "Alert when it lasts:",
    "chaos.param.rate": "Rate (0–1)",
    "chaos.param.millis": "Delay (ms)",
    "chaos.param.threads": "Threads",
    "chaos.param.percent": "Load (%)",
    "chaos.param.megabytes": "MB (0 = up to the limit)",
    "chaos.duration": "Duration",
    "chaos.minutes": "{minutes} min",
    "chaos.remaining": "ends in {time}",
    "chaos.figure.threads": "busy threads: {value}",
    "chaos.figure.heldMegabytes": "{value} MB held",
    "chaos.started": "Switch “{name}” is on.",
    "chaos.stopped": "Switch “{name}” is off.",
    "chaos.stoppedAll": "All switches are off.",
    "error.status": "The server answered {status}: {detail}",
    "error.chaos": "Failed on purpose (500): the switch “Errors” is on.",
    "error.database": "The database cannot be reached (503).",
    "error.network": "The service does not answer.",
    "error.gone": "This memo is gone already.",
    "error.invalid": "Please check: {fields}",
    "links.heading": "Look inside",
    "links.metrics": "Metrics",
    "links.health": "Health",
    "links.ready": "Readiness",
    "links.live": "Liveness",
    "links.api": "Memo API",
  },
};

const KEY = "demo-app.language";
const listeners = [];
let current = initial();

function initial() {
  const asked = new URLSearchParams(location.search).get("lang") ?? stored() ?? navigator.language;
  return asked?.toLowerCase().startsWith("ko") ? "ko" : "en";
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function language() {
  return current;
}

export function t(key, values = {}) {
  return texts[current][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

export function onLanguage(listener) {
  listeners.push(listener);
}

export function setLanguage(next) {
  current = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Without storage the choice lasts until the page is left.
  }
  apply();
}

export function apply() {
  document.documentElement.lang = current;
  document.title = t("title");
  for (const node of document.querySelectorAll("[data-i18n]")) {
    node.textContent = t(node.dataset.i18n);
  }
  for (const node of document.querySelectorAll("[data-i18n-label]")) {
    node.setAttribute("aria-label", t(node.dataset.i18nLabel));
  }
  for (const code of ["ko", "en"]) {
    document.getElementById(`lang-${code}`).setAttribute("aria-pressed", String(code === current));
  }
  listeners.forEach((listener) => listener());
}
