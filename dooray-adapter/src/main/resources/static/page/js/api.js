// The service behind the page. The token lives in this variable and nowhere else.
let token = '';

export class Refused extends Error {
  constructor(status, detail, retryAfter) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export function setToken(value) {
  token = value;
}

async function call(method, path, body) {
  // Without the second header a browser would ask for the password in a window of its own.
  const headers = { Accept: 'application/json', 'X-Requested-With': 'page' };
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  const response = await fetch(path, { method, body, headers, cache: 'no-store', credentials: 'omit' });
  const text = await response.text();
  if (!response.ok) {
    throw new Refused(response.status, detailOf(text) || `HTTP ${response.status}`, response.headers.get('Retry-After'));
  }
  return JSON.parse(text);
}

function detailOf(text) {
  try {
    return JSON.parse(text).detail;
  } catch {
    return null;
  }
}

export const deliveries = (limit) => call('GET', `api/deliveries?limit=${limit}`);
export const channels = () => call('GET', 'api/channels');
export const preview = (channel, body) => call('POST', channel ? `preview/${encodeURIComponent(channel)}` : 'preview', body);
export const sendTest = (channel) => call('POST', `test/${encodeURIComponent(channel)}`);

export async function sample(name) {
  const response = await fetch(`page/samples/${name}.json`);
  return response.text();
}
