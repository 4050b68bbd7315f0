import { element } from './dom.js';

// Only characters that a URL may hold: Korean particles often follow a link without a space.
const URL_PATTERN = /https?:\/\/[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+/gi;
const TRAILING = /[.,;:!?'*]+$/;

// Returns the address if a browser may open it, otherwise null: http and https, nothing else.
export function safeUrl(value) {
  if (typeof value !== 'string' || !/^https?:\/\//i.test(value.trim())) {
    return null;
  }
  try {
    const url = new URL(value.trim());
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

export function link(href, text) {
  return element('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, text);
}

// Plain text with its bare URLs made clickable.
export function linkified(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(URL_PATTERN)) {
    const address = withoutTail(match[0]);
    const href = safeUrl(address);
    if (href) {
      parts.push(text.slice(from, match.index), link(href, address));
      from = match.index + address.length;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

// Punctuation after a link belongs to the sentence, and so does a bracket opened before it.
function withoutTail(address) {
  let result = address.replace(TRAILING, '');
  for (const [open, close] of [['(', ')'], ['[', ']']]) {
    while (result.endsWith(close) && count(result, close) > count(result, open)) {
      result = result.slice(0, -1).replace(TRAILING, '');
    }
  }
  return result;
}

function count(text, character) {
  return text.split(character).length - 1;
}
