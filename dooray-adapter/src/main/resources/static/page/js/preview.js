import * as api from './api.js';
import { byId, element } from './dom.js';
import { t } from './i18n.js';
import { drawn } from './message.js';
import { placed } from './time.js';

const SAMPLES = ['critical', 'several', 'mixed', 'resolved', 'repeat', 'storm', 'batch-job', 'no-severity', 'grafana'];
const OWN = 'own';

let latest = 0;
let shown = '';

export function setUpPreview(onRefused) {
  byId('sample').addEventListener('change', () => show(onRefused));
  byId('path').addEventListener('change', () => show(onRefused));
  byId('render').addEventListener('click', () => show(onRefused));
}

// Lists that are right as they are stay: somebody may have one open.
export function renderPreview(channels, onRefused) {
  options('sample', [...SAMPLES.map((name) => [name, t(`sample.${name}`)]), [OWN, t('sample.own')]]);
  options('path', [['', t('preview.path.auto')], ...channels.map((channel) => [channel.name, `/webhook/${channel.name}`])]);
  const wanted = document.documentElement.lang;
  if (shown !== wanted) {
    shown = wanted;
    show(onRefused);
  }
}

function options(id, wanted) {
  const select = byId(id);
  const now = [...select.options].map((option) => [option.value, option.textContent]);
  if (JSON.stringify(now) !== JSON.stringify(wanted)) {
    const chosen = select.value;
    select.replaceChildren(...wanted.map(([value, text]) => element('option', { value }, text)));
    select.value = wanted.some(([value]) => value === chosen) ? chosen : wanted[0][0];
  }
}

async function show(onRefused) {
  const number = ++latest;
  const name = byId('sample').value;
  byId('own').hidden = name !== OWN;
  if (name === OWN && !byId('payload').value.trim()) {
    byId('message').replaceChildren();
    byId('route').textContent = '';
    return;
  }
  try {
    const body = name === OWN ? byId('payload').value : placed(await api.sample(name));
    const answer = await api.preview(byId('path').value, body);
    if (number === latest) {
      draw(answer);
    }
  } catch (error) {
    if (number === latest) {
      byId('message').replaceChildren();
      byId('route').textContent = error.message;
      onRefused(error);
    }
  }
}

function draw(answer) {
  byId('route').replaceChildren(
    element('strong', {}, `# ${answer.channel}`), ` ${t(`why.${answer.reason}`)}`,
    answer.servedBy === answer.channel ? '' : ` ${t('why.via', { channel: answer.servedBy })}`,
    answer.cut ? ` ${t('why.cut', { n: answer.cut, all: answer.alerts })}` : '',
    answer.templateProblem ? ` ${t('why.template', { problem: answer.templateProblem })}` : '');
  byId('message').replaceChildren(...answer.messages.map(drawn));
}
