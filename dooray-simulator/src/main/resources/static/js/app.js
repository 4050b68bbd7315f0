import * as api from './api.js';
import { renderBanner, renderForm, setUpBehaviour } from './behaviour.js';
import { card, headline } from './card.js';
import { ALL, channelNames, renderChannels, selectedChannel } from './channels.js';
import { byId, element } from './dom.js';
import { renderEmpty } from './empty.js';
import { language, load, setLanguage, t } from './i18n.js';
import { connect } from './stream.js';
import { dayKey, dayName } from './time.js';

const PAGE = 100;
const SCROLLED_PIXELS = 160;
const TOAST_MILLIS = 4000;

let messages = [];
let unread = new Map();
let unseen = 0;
let channel = ALL;
let shown = PAGE;
let connection = 'connecting';
let loaded = false;
let toastTimer;
let state = {
  generation: null,
  behaviour: { mode: 'ok', status: 503, retryAfterSeconds: 0, delayMillis: 0, perSecond: 1, times: null },
  hooks: {},
  keepMessages: 1000,
};

function inChannel() {
  return channel === ALL ? messages : messages.filter((message) => message.hook === channel);
}

function names() {
  return channelNames(messages, unread, state.hooks);
}

function render() {
  renderList();
  renderAround();
}

function renderAround() {
  document.title = [...unread.values()].reduce((sum, n) => sum + n, 0)
    ? `(${[...unread.values()].reduce((sum, n) => sum + n, 0)}) ${t('title')}` : t('title');
  renderChannels(names(), channel, unread, state.hooks);
  renderBanner(state, channel);
  renderForm(state, names());
  renderConnection();
  renderCounts();
  renderPill();
}

function renderCounts() {
  const list = inChannel();
  const refused = list.filter((message) => !message.accepted).length;
  byId('channel-name').textContent = channel === ALL ? t('channel.all') : `# ${channel}`;
  byId('channel-count').textContent = [t('count.messages', { n: list.length }),
    refused ? t('count.refused', { n: refused }) : null,
    messages.length >= state.keepMessages ? t('count.kept', { n: state.keepMessages }) : null].filter(Boolean).join(' · ');
  byId('clear').disabled = messages.length === 0;
  byId('older').hidden = list.length <= shown;
  byId('empty').hidden = !loaded || list.length > 0;
  if (loaded && list.length === 0) {
    renderEmpty(channel, messages.length > 0, report);
  }
}

function renderList() {
  const nodes = [];
  let day = null;
  for (const message of inChannel().slice(0, shown)) {
    const date = new Date(message.receivedAt);
    if (dayKey(date) !== day) {
      day = dayKey(date);
      nodes.push(dayLine(date));
    }
    nodes.push(card(message, channel === ALL));
  }
  byId('list').replaceChildren(...nodes);
}

function dayLine(date) {
  return element('li', { class: 'day', 'data-day': dayKey(date) }, element('span', {}, dayName(date)));
}

// Adds one card on top and leaves the others alone: somebody may be reading or have one open.
function prepend(message) {
  const list = byId('list');
  const date = new Date(message.receivedAt);
  let line = list.firstElementChild;
  if (!line || line.dataset.day !== dayKey(date)) {
    line = dayLine(date);
    list.prepend(line);
  }
  const item = card(message, channel === ALL);
  item.classList.add('arriving');
  line.after(item);
  shown += 1;
  while (list.children.length > state.keepMessages * 2) {
    list.lastElementChild.remove();
  }
}

function renderConnection() {
  byId('connection').dataset.state = connection;
  const text = t(`connection.${connection}`);
  if (byId('connection-text').textContent !== text) {
    byId('connection-text').textContent = text;
  }
}

function renderPill() {
  byId('new-messages').hidden = unseen === 0;
  byId('new-messages').textContent = `↑ ${t('new', { n: unseen })}`;
}

function isWatched(hook) {
  return document.visibilityState === 'visible' && (channel === ALL || channel === hook);
}

function markRead() {
  if (document.visibilityState !== 'visible') {
    return;
  }
  if (channel === ALL) {
    unread.clear();
  } else {
    unread.delete(channel);
  }
}

function count(message) {
  if (!isWatched(message.hook)) {
    unread.set(message.hook, (unread.get(message.hook) || 0) + 1);
  }
}

function onMessage(message) {
  if (!loaded || messages.some((known) => known.id === message.id)) {
    return;
  }
  messages = [message, ...messages].sort((a, b) => b.id - a.id).slice(0, state.keepMessages);
  count(message);
  if (channel === ALL || channel === message.hook) {
    if (window.scrollY > SCROLLED_PIXELS) {
      unseen += 1;
    }
    prepend(message);
    byId('announcer').textContent = t('announce', { hook: message.hook, text: headline(message) });
  }
  renderAround();
}

async function onState(next, fresh) {
  const gone = next.generation !== state.generation;
  state = next;
  if (gone || fresh) {
    await reload(gone);
  }
  renderAround();
}

// Gets all messages: the stream says what is new, but not what was missed or deleted meanwhile.
async function reload(gone) {
  const first = !loaded;
  const before = gone ? new Set() : new Set(messages.map((message) => message.id));
  if (gone) {
    unread.clear();
  }
  try {
    messages = await api.messages();
  } catch (error) {
    report(t('error', { reason: error.message }), true);
    return;
  }
  loaded = true;
  if (!first) {
    messages.filter((message) => !before.has(message.id)).forEach(count);
  }
  if (first || gone || messages.some((message) => !before.has(message.id))) {
    render();
  }
}

function report(text, isError = false) {
  const toast = byId('toast');
  toast.textContent = text;
  toast.classList.toggle('error', isError);
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    toast.hidden = true;
  }, TOAST_MILLIS);
}

async function sendTest() {
  const hook = channel === ALL ? 'default' : channel;
  const url = api.hookUrl(hook);
  try {
    const status = await api.post(hook, { botName: t('test.bot'), text: t('test.text'), attachments: [
      { title: t('test.attachment'), titleLink: location.origin, text: t('test.attachment.text', { url }) }] });
    report(status < 300 ? t('test.sent', { status }) : t('test.refused', { status }), status >= 300);
  } catch {
    report(t('test.noAnswer'), true);
  }
}

async function clearAll() {
  if (!window.confirm(t('clear.confirm', { n: messages.length }))) {
    return;
  }
  try {
    await api.clear();
  } catch (error) {
    report(t('error', { reason: error.message }), true);
  }
}

function select() {
  channel = selectedChannel();
  shown = PAGE;
  unseen = 0;
  markRead();
  render();
}

function setUp() {
  for (const button of document.querySelectorAll('[data-language]')) {
    button.addEventListener('click', () => {
      if (language() !== button.dataset.language) {
        setLanguage(button.dataset.language);
        render();
      }
    });
  }
  byId('send-test').addEventListener('click', sendTest);
  byId('clear').addEventListener('click', clearAll);
  byId('older').addEventListener('click', () => {
    shown += PAGE;
    render();
  });
  byId('new-messages').addEventListener('click', () => {
    unseen = 0;
    renderPill();
    window.scrollTo({ top: 0 });
    byId('messages').focus({ preventScroll: true });
  });
  byId('control-toggle').addEventListener('click', () => {
    const open = document.body.classList.toggle('control-open');
    byId('control-toggle').setAttribute('aria-expanded', String(open));
  });
  window.addEventListener('hashchange', () => {
    if (location.hash !== '#messages') {
      select();
    }
  });
  window.addEventListener('scroll', () => {
    if (unseen && window.scrollY <= SCROLLED_PIXELS) {
      unseen = 0;
      renderPill();
    }
  }, { passive: true });
  document.addEventListener('visibilitychange', () => {
    markRead();
    renderAround();
  });
  setUpBehaviour(() => state, report);
}

await load();
setUp();
select();
connect({
  onMessage,
  onState,
  onConnection: (now) => {
    connection = now;
    renderConnection();
  },
});
