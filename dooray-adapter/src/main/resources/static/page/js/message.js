import { element } from './dom.js';
import { t } from './i18n.js';
import { link, linkified, safeUrl } from './text.js';

const COLOUR = /^#[0-9a-f]{6}$/i;

// Draws a message about as Dooray does: sender, text, boxes with a coloured bar.
export function drawn(message) {
  return element('article', { class: 'card' },
    element('div', { class: 'avatar', 'aria-hidden': 'true' }, Array.from(message.botName || '?').slice(0, 2).join('').toUpperCase()),
    element('div', { class: 'content' },
      element('strong', { class: 'bot', dir: 'auto' }, message.botName),
      block(message.text),
      ...(message.attachments || []).map(attachment),
      raw(message)));
}

function attachment(value) {
  const href = safeUrl(value.titleLink);
  const box = element('section', { class: 'attachment' },
    element('h4', { dir: 'auto' }, href ? link(href, value.title) : value.title),
    value.text ? block(value.text) : null);
  // Set on the object, not as an attribute: the page's policy forbids style attributes.
  if (COLOUR.test(value.color)) {
    box.style.borderLeftColor = value.color;
  }
  return box;
}

function block(text) {
  return element('div', { class: 'text', dir: 'auto' }, ...linkified(text));
}

function raw(message) {
  return element('details', { class: 'raw' }, element('summary', {}, t('preview.raw')),
    element('pre', { tabindex: '0' }, JSON.stringify(message, null, 2)));
}
