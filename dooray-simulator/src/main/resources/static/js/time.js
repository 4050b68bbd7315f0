import { language, t } from './i18n.js';

const SEOUL = 'Asia/Seoul';
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };

function clock(date, timeZone) {
  return new Intl.DateTimeFormat(language(), { ...CLOCK, timeZone }).format(date);
}

function isoDay(date, timeZone) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(date);
}

// The reader's own time first, and KST beside it where that differs.
export function timeOf(date) {
  const local = clock(date);
  const seoul = clock(date, SEOUL);
  const sameDay = isoDay(date) === isoDay(date, SEOUL);
  if (local === seoul && sameDay) {
    return { local: `${local} KST`, seoul: null };
  }
  const day = new Intl.DateTimeFormat(language(), { month: 'numeric', day: 'numeric', timeZone: SEOUL }).format(date);
  return { local, seoul: sameDay ? `${seoul} KST` : `${day} ${seoul} KST` };
}

export function dayKey(date) {
  return isoDay(date);
}

export function dayName(date) {
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  const long = new Intl.DateTimeFormat(language(), { dateStyle: 'full' }).format(date);
  if (isoDay(date) === isoDay(new Date())) {
    return `${t('day.today')} · ${long}`;
  }
  return isoDay(date) === isoDay(yesterday) ? `${t('day.yesterday')} · ${long}` : long;
}

export function fullTime(date) {
  const style = { dateStyle: 'long', timeStyle: 'long' };
  return new Intl.DateTimeFormat(language(), style).format(date);
}
