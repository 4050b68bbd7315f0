import * as api from './api.js';
import { ALL } from './channels.js';
import { byId, element } from './dom.js';
import { t } from './i18n.js';

const MODES = ['ok', 'ok-empty', 'ok-html', 'not-successful', 'status', 'hang', 'reset'];
const NUMBERS = ['status', 'retryAfterSeconds', 'delayMillis', 'perSecond', 'times'];

let touched = false;

export function setUpBehaviour(stateOf, report) {
  const form = byId('behaviour');
  const onEdit = (event) => {
    if (event.target.id !== 'target') {
      touched = true;
      showFields();
    }
  };
  form.addEventListener('input', onEdit);
  form.addEventListener('change', onEdit);
  byId('target').addEventListener('change', () => fill(stateOf()));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    apply(() => api.setBehaviour(byId('target').value, read()), report);
  });
  byId('behaviour-reset').addEventListener('click', () => apply(() => api.resetBehaviour(byId('target').value), report));
  byId('banner-reset').addEventListener('click', () => apply(() => api.resetBehaviour(ALL), report));
}

// Puts what is in force into the form, unless somebody is filling it in.
export function renderForm(state, names) {
  setOptions('target', [[ALL, t('field.target.all')], ...names.map((hook) => [hook, `#${hook}`])]);
  setOptions('mode', MODES.map((mode) => [mode, t(`mode.${mode}`)]));
  if (touched) {
    showFields();
  } else {
    fill(state);
  }
}

// Leaves a list that is right as it is: somebody may have it open.
function setOptions(id, options) {
  const select = byId(id);
  const now = [...select.options].map((option) => [option.value, option.textContent]);
  if (JSON.stringify(now) !== JSON.stringify(options)) {
    const chosen = select.value;
    select.replaceChildren(...options.map(([value, text]) => element('option', { value }, text)));
    select.value = options.some(([value]) => value === chosen) ? chosen : options[0][0];
  }
}

export function renderBanner(state, channel) {
  const special = Object.entries(state.hooks).filter(([hook]) => channel === ALL || hook === channel);
  const common = special.length && channel !== ALL ? [] : [[null, state.behaviour]];
  const unusual = [...common.filter(([, behaviour]) => behaviour.mode !== 'ok' || behaviour.delayMillis > 0), ...special];
  const banner = byId('banner');
  const failing = unusual.some(([, behaviour]) => !behaviour.mode.startsWith('ok'));
  banner.dataset.kind = failing ? 'failing' : unusual.length ? 'unusual' : 'normal';
  byId('banner-reset').hidden = !unusual.length && !Object.keys(state.hooks).length;
  setText('banner-title', unusual.length ? unusual.map(([hook, behaviour]) => title(hook, behaviour)).join('\n')
    : t('behaviour.normal'));
  const commonIsNormal = common.length > 0 && unusual.length === special.length;
  setText('banner-detail', !unusual.length ? rate(state.behaviour) : commonIsNormal ? t('behaviour.others') : '');
}

function title(hook, behaviour) {
  const name = behaviour.mode === 'status' ? `${t('mode.status')}: ${behaviour.status}` : t(`mode.${behaviour.mode}`);
  const details = [
    hook ? t('behaviour.only', { hook }) : null,
    behaviour.mode === 'status' && behaviour.retryAfterSeconds
      ? t('behaviour.retryAfter', { n: behaviour.retryAfterSeconds }) : null,
    behaviour.delayMillis ? t('behaviour.delay', { n: behaviour.delayMillis }) : null,
    behaviour.mode.startsWith('ok') ? rate(behaviour) : null,
    behaviour.times ? t('behaviour.times', { n: behaviour.times }) : null].filter(Boolean);
  return details.length ? `${name} (${details.join(', ')}).` : `${name}.`;
}

function rate(behaviour) {
  return behaviour.perSecond ? t('behaviour.rate', { n: behaviour.perSecond }) : t('behaviour.rate.none');
}

// A live region speaks on each change, so it is only written when there is one.
function setText(id, text) {
  if (byId(id).textContent !== text) {
    byId(id).textContent = text;
  }
}

function fill(state) {
  const behaviour = state.hooks[byId('target').value] || state.behaviour;
  byId('mode').value = behaviour.mode;
  for (const field of NUMBERS) {
    byId(field).value = behaviour[field] ?? '';
  }
  touched = false;
  showFields();
}

function showFields() {
  const mode = byId('mode').value;
  byId('status-fields').hidden = mode !== 'status';
  byId('mode-hint').textContent = t(`mode.${mode}.hint`);
}

function read() {
  const behaviour = { mode: byId('mode').value };
  for (const field of NUMBERS) {
    if (byId(field).value !== '') {
      behaviour[field] = Number(byId(field).value);
    }
  }
  return behaviour;
}

async function apply(action, report) {
  try {
    await action();
    touched = false;
    report(t('behaviour.applied'));
  } catch (error) {
    report(t('error', { reason: error.message }), true);
  }
}
