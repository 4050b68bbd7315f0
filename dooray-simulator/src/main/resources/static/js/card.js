import { element } from './dom.js';
import { has, t } from './i18n.js';
import { link, linkified, safeUrl } from './text.js';
import { fullTime, timeOf } from './time.js';

const LONG_TEXT = 4000;
const COLOUR = /^(#[0-9a-f]{3}|#[0-9a-f]{6}|red|green|blue|yellow|orange|purple|gray|darkgreen)$/i;
const AVATARS = 6;

// Dooray's documented default colour of an attachment.
const DEFAULT_COLOUR = '#4757C4';

export function card(message, showHook) {
  const body = isObject(message.body) ? message.body : {};
  const name = textOf(body.botName) || t('card.noName');
  const outcome = message.accepted ? null : outcomeOf(message);
  const content = element('div', { class: 'content' },
    head(message, name, showHook),
    outcome,
    ...parts(message, body),
    raw(message));
  const article = element('article', { class: message.accepted ? 'card' : 'card refused', 'data-id': message.id,
    'data-outcome': message.outcome, 'data-hook': message.hook }, avatar(name), content);
  return element('li', {}, article);
}

// One line that says what the message is about.
export function headline(message) {
  const body = isObject(message.body) ? message.body : {};
  const first = Array.isArray(body.attachments) && isObject(body.attachments[0]) ? body.attachments[0] : {};
  const text = textOf(body.text) || textOf(first.title) || textOf(first.text) || t('card.noName');
  return text.split('\n')[0].slice(0, 200);
}

function head(message, name, showHook) {
  const date = new Date(message.receivedAt);
  const time = timeOf(date);
  return element('header', {},
    element('strong', { class: 'bot', dir: 'auto' }, name),
    showHook ? element('span', { class: 'tag' }, `#${message.hook}`) : null,
    element('time', { datetime: message.receivedAt, title: fullTime(date) }, time.local,
      time.seoul ? element('span', { class: 'seoul' }, time.seoul) : null));
}

function avatar(name) {
  const letters = Array.from(name.replace(/[^\p{L}\p{N}]/gu, '') || '?').slice(0, 2).join('').toUpperCase();
  const colour = Array.from(name).reduce((sum, letter) => sum + letter.codePointAt(0), 0) % AVATARS;
  return element('div', { class: `avatar avatar-${colour}`, 'aria-hidden': 'true' }, letters);
}

function outcomeOf(message) {
  const key = `outcome.${message.outcome}`;
  const sentence = has(key) ? t(key, { status: message.status }) : message.outcome;
  const detail = message.outcome === 'malformed' || message.outcome === 'too-large' ? message.detail : null;
  return element('p', { class: 'outcome' },
    element('span', { class: 'outcome-icon', 'aria-hidden': 'true' }, message.outcome === 'dropped' ? '⤓' : '✕'),
    element('span', {}, sentence),
    detail ? element('span', { class: 'outcome-detail', lang: 'en' }, detail) : null);
}

function parts(message, body) {
  if (!isObject(message.body)) {
    const text = typeof message.body === 'string' ? message.body : JSON.stringify(message.body);
    return [textBlock(text, 'text unreadable')];
  }
  const text = textOf(body.text);
  const attachments = (Array.isArray(body.attachments) ? body.attachments : []).filter(isObject);
  return [text ? textBlock(text, 'text') : null, ...attachments.map(attachment)];
}

function attachment(value) {
  const title = textOf(value.title);
  const href = safeUrl(value.titleLink);
  const box = element('section', { class: 'attachment' },
    title || href ? element('h3', { dir: 'auto' }, href ? link(href, title || href) : title) : null,
    textOf(value.text) ? textBlock(textOf(value.text), 'text') : null);
  const colour = textOf(value.color).trim();
  // Set on the object, not as an attribute: the page's policy forbids style attributes.
  box.style.borderLeftColor = COLOUR.test(colour) ? colour : DEFAULT_COLOUR;
  return box;
}

function textBlock(text, className) {
  const block = element('div', { class: className, dir: 'auto' });
  if (text.length <= LONG_TEXT) {
    block.append(...linkified(text));
    return block;
  }
  const more = element('button', { type: 'button', class: 'whole' }, t('card.whole', { n: text.length }));
  more.addEventListener('click', () => block.replaceChildren(...linkified(text)));
  block.append(...linkified(text.slice(0, LONG_TEXT)), '… ', more);
  return block;
}

function raw(message) {
  const pre = element('pre', { tabindex: '0' });
  const details = element('details', { class: 'raw' }, element('summary', {}, t('card.raw')), pre);
  details.addEventListener('toggle', () => {
    pre.textContent = typeof message.body === 'string' ? message.body : JSON.stringify(message.body, null, 2);
  }, { once: true });
  return details;
}

function textOf(value) {
  return typeof value === 'string' ? value : '';
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
