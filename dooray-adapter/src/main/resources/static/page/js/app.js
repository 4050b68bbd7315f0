import * as api from './api.js';
import { renderChannels } from './channels.js';
import { renderDeliveries } from './deliveries.js';
import { byId } from './dom.js';
import { language, load, setLanguage, t } from './i18n.js';
import { renderPreview, setUpPreview } from './preview.js';

const POLL_MILLIS = 3000;
const TOAST_MILLIS = 5000;
const FEW = 50;
const ALL = 500;

let limit = FEW;
let channels = [];
let deliveries = [];
let connection = 'connecting';
let locked = false;
let loaded = false;
let toastTimer;
let pollTimer;
const busy = new Set();

function render() {
  document.title = t('title');
  byId('connection').dataset.state = connection;
  const text = t(`connection.${connection}`);
  if (byId('connection-text').textContent !== text) {
    byId('connection-text').textContent = text;
  }
  byId('token-form').hidden = !locked;
  byId('content').hidden = locked || !loaded;
  if (loaded && !locked) {
    renderChannels(channels, busy, test);
    renderDeliveries(deliveries, limit, language());
    renderPreview(channels, refused);
  }
}

// Asks nothing while the token is missing: each try would count as an attack.
async function poll() {
  clearTimeout(pollTimer);
  if (!locked && document.visibilityState === 'visible') {
    try {
      [deliveries, channels] = await Promise.all([api.deliveries(limit), api.channels()]);
      loaded = true;
      connection = 'connected';
    } catch (error) {
      refused(error);
      connection = locked ? 'locked' : 'disconnected';
    }
    render();
  }
  if (!locked) {
    clearTimeout(pollTimer);
    pollTimer = setTimeout(poll, POLL_MILLIS);
  }
}

function refused(error) {
  if (error.status === 401 && !locked) {
    locked = true;
    connection = 'locked';
    clearTimeout(pollTimer);
    render();
    byId('token').focus();
  }
}

async function enter(event) {
  event.preventDefault();
  api.setToken(byId('token').value.trim());
  try {
    await api.channels();
    byId('token').value = '';
    byId('token-wrong').hidden = true;
    locked = false;
    await poll();
  } catch (error) {
    byId('token-wrong').hidden = error.status !== 401;
    if (error.status !== 401) {
      report(error.message, true);
    }
  }
}

async function test(channel) {
  busy.add(channel);
  render();
  try {
    const receipt = await api.sendTest(channel);
    report(t('test.sent', { channel, millis: receipt.latencyMillis }));
  } catch (error) {
    refused(error);
    report(error.status === 429 ? t('test.wait', { seconds: error.retryAfter })
      : t('test.failed', { channel, reason: error.message }), true);
  }
  busy.delete(channel);
  await poll();
}

function report(text, bad = false) {
  const toast = byId('toast');
  toast.textContent = text;
  toast.classList.toggle('error', bad);
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    toast.hidden = true;
  }, TOAST_MILLIS);
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
  byId('token-form').addEventListener('submit', enter);
  byId('more').addEventListener('click', () => {
    limit = ALL;
    poll();
  });
  document.addEventListener('visibilitychange', poll);
  setUpPreview(refused);
}

await load();
setUp();
render();
await poll();
