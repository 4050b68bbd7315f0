import { byId, element } from './dom.js';
import { t } from './i18n.js';

// Where the stack sends alerts; shown before the first message, so that the page explains itself.
const USUAL = ['critical', 'warning', 'default'];

export const ALL = '';

export function selectedChannel() {
  try {
    return decodeURIComponent(location.hash.replace(/^#(messages$)?/, ''));
  } catch {
    return ALL;
  }
}

export function channelNames(messages, unread, special) {
  const seen = [...messages.map((message) => message.hook), ...unread.keys(), ...Object.keys(special)];
  const others = [...new Set(seen)].filter((hook) => !USUAL.includes(hook)).sort();
  return [...USUAL, ...others];
}

export function renderChannels(names, selected, unread, special) {
  const total = [...unread.values()].reduce((sum, n) => sum + n, 0);
  const known = selected === ALL || names.includes(selected) ? names : [...names, selected];
  byId('channels').replaceChildren(
    item(ALL, t('channel.all'), '≡', selected, total, false),
    ...known.map((hook) => item(hook, hook, '#', selected, unread.get(hook) || 0, hook in special)));
}

function item(hook, name, sign, selected, unread, special) {
  const badge = unread
    ? element('span', { class: 'unread' }, element('span', { 'aria-hidden': 'true' }, unread > 99 ? '99+' : String(unread)),
      element('span', { class: 'visually-hidden' }, t('channel.unread', { n: unread })))
    : null;
  const warning = special ? element('span', { class: 'special', title: t('channel.special') },
    element('span', { 'aria-hidden': 'true' }, '⚠'),
    element('span', { class: 'visually-hidden' }, t('channel.special'))) : null;
  return element('li', {}, element('a', { href: `#${encodeURIComponent(hook)}`, 'data-channel': hook || 'all',
    class: `channel${unread ? ' has-unread' : ''}`, 'aria-current': hook === selected ? 'page' : null },
  element('span', { class: 'sign', 'aria-hidden': 'true' }, sign), element('span', { class: 'name' }, name), warning,
  badge));
}
