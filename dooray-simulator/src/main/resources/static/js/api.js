// The service behind the page. Addresses are relative, so that the page works under any path.
const TEST_TIMEOUT_MILLIS = 5000;

async function call(method, path, body) {
  const response = await fetch(path, { method, body, headers: body ? { 'Content-Type': 'application/json' } : {} });
  const text = await response.text();
  const json = text ? JSON.parse(text) : null;
  if (!response.ok) {
    throw new Error(json?.detail || `HTTP ${response.status}`);
  }
  return json;
}

function behaviourPath(hook) {
  return hook ? `api/behaviour/${encodeURIComponent(hook)}` : 'api/behaviour';
}

export const messages = () => call('GET', 'api/messages');
export const clear = () => call('DELETE', 'api/messages');
export const setBehaviour = (hook, behaviour) => call('PUT', behaviourPath(hook), JSON.stringify(behaviour));
export const resetBehaviour = (hook) => call('DELETE', behaviourPath(hook));

export function hookUrl(hook) {
  return new URL(`services/local/${encodeURIComponent(hook)}/page`, document.baseURI).href;
}

// Posts as any program would; the answer is the simulator's, so it may be an error or none.
export async function post(hook, message) {
  const response = await fetch(hookUrl(hook), { method: 'POST', body: JSON.stringify(message),
    headers: { 'Content-Type': 'application/json' }, signal: AbortSignal.timeout(TEST_TIMEOUT_MILLIS) });
  return response.status;
}
