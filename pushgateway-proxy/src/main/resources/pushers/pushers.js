const PERIOD = 5000;
// Some megabytes in one answer are not asked for every few seconds.
const MANY = 2000;
const DRAWN = 500;
const LATE = 2;

const TEXTS = {
  en: {
    title: 'Pushers',
    tagline: 'Who pushed to which group since the proxy was started.',
    language: 'Language',
    pushgateway: "Pushgateway's page",
    filter: 'Show groups with',
    group: 'Group',
    last: 'Last push',
    from: 'From',
    pushes: 'Pushes',
    size: 'Last size',
    series: 'Series',
    refused: 'Refused',
    empty: "Nothing was pushed yet. Try: echo 'x 1' | curl --data-binary @- …/metrics/job/test",
    never: 'never',
    token: (name) => `token ${name}`,
    every: (time) => `usually every ${time}`,
    overdue: (ratio) => `overdue: ${ratio} times as long as usual`,
    ago: (time) => `${time} ago`,
    count: (shown, all) => (shown === all ? `${all} groups` : `${shown} of ${all} groups`),
    cut: (drawn) => ` (the first ${drawn} are shown)`,
    forgotten: (count) => `${count} more groups were forgotten for want of room.`,
    healthy: "Pushgateway's scrape works: what is pushed reaches Prometheus.",
    building: 'What Pushgateway holds is being read. Pushes wait for it.',
    poisoned: (groups) => `Pushgateway's scrape fails, nothing that was pushed reaches Prometheus. Groups to look at: ${groups}`,
    unknown: 'not found',
    trouble: 'The proxy does not answer. What is shown may be old.',
  },
  ko: {
    title: 'Push하는 곳',
    tagline: '프록시가 시작된 뒤 누가 어느 그룹에 push했는지 보여 줍니다.',
    language: '언어',
    pushgateway: 'Pushgateway 화면',
    filter: '그룹 찾기',
    group: '그룹',
    last: '마지막 push',
    from: '보낸 곳',
    pushes: 'Push 수',
    size: '마지막 크기',
    series: '시계열',
    refused: '거절',
    empty: "아직 push가 없습니다. 예: echo 'x 1' | curl --data-binary @- …/metrics/job/test",
    never: '없음',
    token: (name) => `토큰 ${name}`,
    every: (time) => `보통 ${time} 간격`,
    overdue: (ratio) => `늦음: 평소 간격의 ${ratio}배`,
    ago: (time) => `${time} 전`,
    count: (shown, all) => (shown === all ? `그룹 ${all}개` : `그룹 ${all}개 중 ${shown}개`),
    cut: (drawn) => ` (앞의 ${drawn}개만 표시)`,
    forgotten: (count) => `자리가 모자라 그룹 ${count}개는 잊었습니다.`,
    healthy: 'Pushgateway 수집이 정상입니다. push한 값이 Prometheus에 도달합니다.',
    building: 'Pushgateway가 가진 값을 읽는 중입니다. 그동안 push는 기다립니다.',
    poisoned: (groups) => `Pushgateway 수집이 실패하고 있어 push한 값이 Prometheus에 도달하지 않습니다. 살펴볼 그룹: ${groups}`,
    unknown: '찾지 못함',
    trouble: '프록시가 응답하지 않습니다. 보이는 값이 오래된 것일 수 있습니다.',
  },
};

const SORTS = {
  group: (pusher) => labels(pusher.group),
  last: (pusher) => Date.parse(pusher.lastPush) || 0,
  from: (pusher) => pusher.client,
  pushes: (pusher) => pusher.pushes,
  size: (pusher) => pusher.lastBytes,
  series: (pusher) => pusher.series,
  refused: (pusher) => pusher.refused,
};

const byId = (id) => document.getElementById(id);

let language = stored() || ((navigator.language || '').startsWith('ko') ? 'ko' : 'en');
let listing = null;
let sort = { by: 'last', down: true };

function stored() {
  try {
    const found = localStorage.getItem('language');
    return found in TEXTS ? found : null;
  } catch {
    return null;
  }
}

function text() {
  return TEXTS[language];
}

function labels(group) {
  const { job, ...others } = group;
  return Object.entries({ job, ...others }).map(([name, value]) => `${name}="${value}"`).join(', ');
}

function duration(seconds) {
  const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
  const [unit, size] = units.find(([, length]) => seconds >= length) || units[3];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 })
    .format(Math.round(seconds / size));
}

function bytes(count) {
  const unit = count >= 1_000_000 ? 'megabyte' : count >= 1000 ? 'kilobyte' : 'byte';
  const size = { megabyte: 1_000_000, kilobyte: 1000, byte: 1 }[unit];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: 1 }).format(count / size);
}

function cell(row, label, className, ...parts) {
  const found = row.insertCell();
  found.className = className;
  // A phone has no room for the row of names above.
  found.dataset.label = text()[label];
  for (const [partClass, content] of parts) {
    if (content) {
      const line = document.createElement('div');
      line.className = partClass;
      line.textContent = content;
      found.append(line);
    }
  }
  return found;
}

function age(time) {
  return text().ago(duration(Math.max(0, (Date.now() - Date.parse(time)) / 1000)));
}

function draw() {
  const t = text();
  document.documentElement.lang = language;
  document.title = t.title;
  document.querySelectorAll('[data-i18n]').forEach((element) => { element.textContent = t[element.dataset.i18n]; });
  document.querySelectorAll('[data-i18n-label]').forEach((element) => element.setAttribute('aria-label', t[element.dataset.i18nLabel]));
  document.querySelectorAll('[data-language]').forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.language === language)));
  document.querySelectorAll('[data-sort]').forEach((head) => {
    head.setAttribute('aria-sort', head.dataset.sort !== sort.by ? 'none' : sort.down ? 'descending' : 'ascending');
  });
  byId('trouble').textContent = t.trouble;
  if (!listing) {
    return;
  }
  drawScrape(listing.scrape);
  const wanted = byId('filter').value.trim().toLowerCase();
  const shown = listing.pushers.filter((pusher) => labels(pusher.group).toLowerCase().includes(wanted));
  byId('count').textContent = t.count(shown.length, listing.pushers.length) + (shown.length > DRAWN ? t.cut(DRAWN) : '');
  byId('empty').hidden = listing.pushers.length > 0;
  byId('forgotten').hidden = listing.forgotten === 0;
  byId('forgotten').textContent = t.forgotten(listing.forgotten);
  const rows = document.createDocumentFragment();
  sorted(shown).slice(0, DRAWN).forEach((pusher) => rows.append(row(pusher)));
  byId('rows').replaceChildren(rows);
}

function sorted(pushers) {
  const of = SORTS[sort.by];
  const keyed = pushers.map((pusher) => [of(pusher), pusher]);
  const up = ([a], [b]) => (typeof a === 'string' ? a.localeCompare(b, language, { numeric: true }) : a - b);
  return keyed.sort(sort.down ? (a, b) => up(b, a) : up).map(([, pusher]) => pusher);
}

function drawScrape(scrape) {
  const t = text();
  const note = byId('scrape');
  note.hidden = !scrape;
  if (scrape) {
    note.classList.toggle('bad', !scrape.healthy || !scrape.ready);
    note.textContent = !scrape.healthy ? t.poisoned(scrape.poisonedBy.map((group) => `{${labels(group)}}`).join(' ') || t.unknown)
      : scrape.ready ? t.healthy : t.building;
  }
}

function row(pusher) {
  const t = text();
  const number = new Intl.NumberFormat(language);
  const found = document.createElement('tr');
  const late = pusher.overdueRatio !== null && pusher.overdueRatio >= LATE;
  cell(found, 'group', 'group', ['', labels(pusher.group)]);
  const last = cell(found, 'last', '', ['', pusher.lastPush ? age(pusher.lastPush) : t.never],
    ['soft', pusher.usualSeconds === null ? '' : t.every(duration(pusher.usualSeconds))],
    ['late', late ? t.overdue(number.format(pusher.overdueRatio)) : '']);
  last.title = pusher.lastPush || '';
  cell(found, 'from', '', ['', pusher.client], ['soft', pusher.identity ? t.token(pusher.identity) : ''],
    ['soft', [pusher.verb, pusher.format, pusher.userAgent].filter(Boolean).join(' · ')]);
  cell(found, 'pushes', 'number', ['', number.format(pusher.pushes)], ['soft', bytes(pusher.bytes)]);
  cell(found, 'size', 'number', ['', bytes(pusher.lastBytes)]);
  cell(found, 'series', 'number', ['', number.format(pusher.series)]);
  const refusal = pusher.lastRefusal;
  cell(found, 'refused', refusal ? 'why' : 'number', ['number', number.format(pusher.refused)],
    ['bad-text', refusal ? `${refusal.status} ${refusal.reason}, ${age(refusal.at)}` : ''],
    ['soft', refusal ? [refusal.text, refusal.client].filter(Boolean).join(' · ') : '']);
  return found;
}

async function load() {
  try {
    const answer = await fetch('api/pushers', { cache: 'no-store' });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    listing = await answer.json();
    byId('trouble').hidden = true;
  } catch {
    byId('trouble').hidden = false;
  }
  draw();
}

document.querySelectorAll('[data-language]').forEach((button) => button.addEventListener('click', () => {
  language = button.dataset.language;
  try {
    localStorage.setItem('language', language);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  draw();
}));
document.querySelectorAll('[data-sort]').forEach((head) => head.querySelector('button').addEventListener('click', () => {
  const by = head.dataset.sort;
  // Numbers and times are looked at from the largest on, names from the first.
  sort = { by, down: sort.by === by ? !sort.down : by !== 'group' && by !== 'from' };
  draw();
}));
byId('filter').addEventListener('input', draw);

async function run() {
  await load();
  const many = listing !== null && listing.pushers.length > MANY;
  setTimeout(run, document.hidden || many ? PERIOD * 6 : PERIOD);
}

run();
