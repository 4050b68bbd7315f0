// Keeps an event stream open, for ever: the browser gives up after some errors, this does not.
const RETRY_MILLIS = 2000;
const MAX_RETRY_MILLIS = 15000;

// The server sends something at least every 30 seconds.
const SILENCE_MILLIS = 45000;

export function connect({ onMessage, onState, onConnection }) {
  let source;
  let watchdog;
  let opening;
  let retry = RETRY_MILLIS;
  let fresh = true;

  function open() {
    source = new EventSource('api/messages/stream');
    fresh = true;
    source.addEventListener('open', () => {
      retry = RETRY_MILLIS;
      fresh = true;
      onConnection('connected');
      alive();
    });
    source.addEventListener('message', (event) => {
      alive();
      onMessage(JSON.parse(event.data));
    });
    source.addEventListener('state', (event) => {
      alive();
      onState(JSON.parse(event.data), fresh);
      fresh = false;
    });
    source.addEventListener('heartbeat', alive);
    source.addEventListener('error', () => {
      onConnection('disconnected');
      if (source.readyState === EventSource.CLOSED) {
        reopen();
      }
    });
    alive();
  }

  function reopen() {
    clearTimeout(watchdog);
    source.close();
    opening = setTimeout(open, retry);
    retry = Math.min(retry * 2, MAX_RETRY_MILLIS);
  }

  function alive() {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => {
      onConnection('disconnected');
      reopen();
    }, SILENCE_MILLIS);
  }

  // A page the browser keeps for the back button would keep one of its six connections as well.
  window.addEventListener('pagehide', () => {
    clearTimeout(watchdog);
    clearTimeout(opening);
    source.close();
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) {
      open();
    }
  });

  onConnection('connecting');
  open();
}
