import { hookUrl } from './api.js';
import { ALL } from './channels.js';
import { byId, element } from './dom.js';
import { t } from './i18n.js';

// What a newcomer sees: how to make the first message.
export function renderEmpty(channel, anywhere, report) {
  const box = byId('empty');
  if (channel !== ALL && anywhere) {
    box.replaceChildren(element('p', { class: 'empty-channel' }, t('empty.channel', { hook: channel })));
    return;
  }
  const host = location.hostname.includes(':') ? '[::1]' : location.hostname;
  const push = `echo "batch_job_success 0" | curl --data-binary @- http://${host}:9091/metrics/job/nightly_report`;
  const direct = `curl -H 'Content-Type: application/json' \\\n  -d '{"botName":"me","text":"hello"}' \\\n  ${hookUrl('default')}`;
  box.replaceChildren(
    element('img', { src: 'favicon.svg', alt: '', width: '56', height: '56' }),
    element('h3', {}, t('empty.title')),
    element('p', {}, t('empty.lead')),
    element('h4', {}, t('empty.push.title')),
    element('p', {}, t('empty.push')),
    command(push, report),
    element('h4', {}, t('empty.direct.title')),
    element('p', {}, t('empty.direct')),
    command(direct, report));
}

function command(text, report) {
  const copy = element('button', { type: 'button', class: 'copy', hidden: !navigator.clipboard }, t('copy'));
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text.replace(/\\\n\s*/g, ''));
      report(t('copied'));
    } catch (error) {
      report(t('error', { reason: error.message }), true);
    }
  });
  return element('div', { class: 'command' }, element('pre', { tabindex: '0' }, element('code', {}, text)), copy);
}
