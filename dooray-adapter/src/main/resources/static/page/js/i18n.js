// Texts in the language of the reader. The page holds no other text than these files.
const LANGUAGES = ['ko', 'en'];
const KEY = 'language';
const texts = {};
let current = 'en';

export async function load() {
  await Promise.all(LANGUAGES.map(async (language) => {
    const response = await fetch(`page/i18n/${language}.json`);
    texts[language] = await response.json();
  }));
  const wanted = [new URLSearchParams(location.search).get('lang'), remembered(), ...navigator.languages];
  current = wanted.map((tag) => (tag || '').slice(0, 2).toLowerCase()).find((tag) => LANGUAGES.includes(tag)) || 'en';
  translatePage();
}

export function language() {
  return current;
}

export function setLanguage(language) {
  current = language;
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the page.
  }
  translatePage();
}

export function t(key, values = {}) {
  return texts[current][key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

export function has(key) {
  return key in texts[current];
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function translatePage() {
  document.documentElement.lang = current;
  for (const element of document.querySelectorAll('[data-i18n]')) {
    element.textContent = t(element.dataset.i18n);
  }
  for (const element of document.querySelectorAll('[data-i18n-label]')) {
    element.setAttribute('aria-label', t(element.dataset.i18nLabel));
  }
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === current));
  }
}
