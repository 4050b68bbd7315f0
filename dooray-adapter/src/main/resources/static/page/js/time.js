import { language, t } from './i18n.js';

const SEOUL = 'Asia/Seoul';
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
const UNITS = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

function day(date) {
  return new Intl.DateTimeFormat('sv-SE').format(date);
}

// The reader's own time; the day too unless it is today.
export function timeOf(date) {
  const clock = new Intl.DateTimeFormat(language(), CLOCK).format(date);
  if (day(date) === day(new Date())) {
    return clock;
  }
  return `${new Intl.DateTimeFormat(language(), { month: 'numeric', day: 'numeric' }).format(date)} ${clock}`;
}

export function fullTime(date) {
  const style = { dateStyle: 'long', timeStyle: 'long' };
  const local = new Intl.DateTimeFormat(language(), style).format(date);
  const seoul = new Intl.DateTimeFormat(language(), { ...style, timeZone: SEOUL }).format(date);
  return local === seoul ? local : `${local} (${seoul})`;
}

export function ago(date) {
  const seconds = Math.max(0, Math.round((Date.now() - date.getTime()) / 1000));
  if (seconds < 5) {
    return t('now');
  }
  const [unit, size] = UNITS.find(([, length]) => seconds >= length);
  return new Intl.RelativeTimeFormat(language()).format(-Math.floor(seconds / size), unit);
}

export function duration(millis) {
  return millis < 1000 ? `${millis} ms` : `${new Intl.NumberFormat(language(), { maximumFractionDigits: 1 })
    .format(millis / 1000)} s`;
}

// Samples say "{-12m}" for twelve minutes ago, so that they are always of today.
export function placed(text) {
  return text.replace(/\{-(\d+)m\}/g, (whole, minutes) => new Date(Date.now() - minutes * 60000).toISOString());
}
