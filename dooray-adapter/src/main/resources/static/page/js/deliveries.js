import { reasonText } from './channels.js';
import { byId, element } from './dom.js';
import { has, t } from './i18n.js';
import { duration, fullTime, timeOf } from './time.js';

const ICONS = { accepted: '✓', failed: '✕', duplicate: '=' };

let drawn = '';

export function renderDeliveries(list, limit, language) {
  byId('none').hidden = list.length > 0;
  byId('deliveries').hidden = list.length === 0;
  byId('more').hidden = list.length < limit || limit > 100;
  // Rows are left alone while nothing changed: somebody may be marking one.
  const now = JSON.stringify([list, language, new Date().getDate()]);
  if (now !== drawn) {
    drawn = now;
    byId('rows').replaceChildren(...list.map(row));
  }
}

function row(entry) {
  const date = new Date(entry.time);
  return element('tr', { 'data-outcome': entry.outcome, 'data-id': entry.id },
    cell('time', element('time', { datetime: entry.time, title: fullTime(date) }, timeOf(date))),
    cell('channel', element('strong', {}, entry.channel),
      entry.servedBy === entry.channel ? null : element('span', { class: 'minor' }, t('row.via', { channel: entry.servedBy }))),
    cell('outcome', element('span', { class: 'badge' },
      element('span', { 'aria-hidden': 'true' }, `${ICONS[entry.outcome] || '?'} `), outcomeText(entry.outcome)),
    entry.reason ? element('span', { class: 'minor', title: entry.reason }, reasonText(entry.reason)) : null),
    cell('alerts', alerts(entry)),
    cell('attempts number', String(entry.attempts)),
    cell('latency number', duration(entry.latencyMillis)),
    cell('group', element('code', {}, entry.group || '–')));
}

function cell(name, ...children) {
  return element('td', { class: name, 'data-label': t(`column.${name.split(' ')[0]}`) }, ...children);
}

function alerts(entry) {
  if (entry.kind === 'test') {
    return t('row.test');
  }
  return [entry.firing ? t('row.firing', { n: entry.firing }) : null,
    entry.resolved ? t('row.resolved', { n: entry.resolved }) : null].filter(Boolean).join(' · ') || t('row.empty');
}

function outcomeText(outcome) {
  const key = `outcome.${outcome}`;
  return has(key) ? t(key) : outcome;
}
