import { byId, element } from './dom.js';
import { has, t } from './i18n.js';
import { ago, fullTime } from './time.js';

const ICONS = { working: '✓', failing: '✕', unused: '–' };

// Draws one card for each channel. A card that has the focus keeps it.
export function renderChannels(channels, busy, test) {
  const focused = document.activeElement?.dataset?.test;
  byId('channels').replaceChildren(...channels.map((channel) => card(channel, busy.has(channel.name), test)));
  if (focused !== undefined) {
    document.querySelector(`[data-test="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}

function card(channel, busy, test) {
  const button = element('button', { type: 'button', 'data-test': channel.name, disabled: busy,
    'aria-label': t('test.label', { channel: channel.name }) }, busy ? t('test.sending') : t('test.button'));
  button.addEventListener('click', () => test(channel.name));
  return element('li', { class: 'channel panel', 'data-state': channel.state, 'data-channel': channel.name },
    element('div', { class: 'channel-head' },
      element('h3', {}, `# ${channel.name}`),
      element('span', { class: 'badge' }, element('span', { 'aria-hidden': 'true' }, `${ICONS[channel.state]} `),
        t(`state.${channel.state}`))),
    element('p', { class: 'via' }, via(channel)),
    element('dl', {},
      ...fact('last.success', channel.lastSuccess),
      ...fact('last.failure', channel.lastFailure, channel.lastFailureReason)),
    button);
}

function via(channel) {
  if (channel.role === 'simulator') {
    return t('via.simulator');
  }
  return channel.servedBy === channel.name ? t('via.own') : t(`via.${channel.role}`, { channel: channel.servedBy });
}

function fact(key, time, reason) {
  const date = time ? new Date(time) : null;
  return [element('dt', {}, t(key)),
    element('dd', {}, date ? element('time', { datetime: time, title: fullTime(date) }, ago(date)) : t('last.never'),
      reason ? element('span', { class: 'reason' }, reasonText(reason)) : null)];
}

export function reasonText(reason) {
  const key = `reason.${reason}`;
  return has(key) ? t(key) : reason;
}
