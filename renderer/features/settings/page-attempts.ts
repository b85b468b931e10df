import type { EgressEnd, EgressTarget, PageWay } from '../../../src/contract/egress.ts';

/** How long an attempt without an event of its own is waited for, in milliseconds: its listener is on the same computer. */
const QUIET_MS = 200;
/** How long one with an event may take. */
const PATIENCE_MS = 1500;

/** Tries one way. Resolves where it seems to have worked, or where nothing tells; throws what the way throws. */
type Attempt = (target: EgressTarget, way: PageWay) => Promise<unknown>;

const urlOf = ({ tcpPort }: EgressTarget, way: PageWay) => `http://127.0.0.1:${tcpPort}/${way}`;
const quiet = () => new Promise<void>((resolve) => setTimeout(resolve, QUIET_MS));

/** An element that loads something, until it has or has failed. */
function loads(tag: string, attribute: string, more: Readonly<Record<string, string>> = {}): Attempt {
  return async (target, way) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(more)) element.setAttribute(name, value);
    element.setAttribute(attribute, urlOf(target, way));
    element.hidden = tag !== 'object';
    try {
      await new Promise<void>((resolve, reject) => {
        element.addEventListener('load', () => resolve());
        element.addEventListener('error', () => reject(new DOMException('', 'NetworkError')));
        document.body.append(element);
        setTimeout(resolve, PATIENCE_MS);
      });
    } finally {
      element.remove();
    }
  };
}

/** Something with an `onopen` and an `onerror`. */
function opens(make: (target: EgressTarget, way: PageWay) => EventTarget & { close(): void }): Attempt {
  return (target, way) =>
    new Promise<void>((resolve, reject) => {
      const made = make(target, way);
      const end = (then: () => void) => {
        made.close();
        then();
      };
      made.addEventListener('open', () => end(resolve));
      made.addEventListener('error', () => end(() => reject(new DOMException('', 'NetworkError'))));
      setTimeout(() => end(resolve), PATIENCE_MS);
    });
}

const ATTEMPTS: Readonly<Record<PageWay, Attempt>> = {
  fetch: (target, way) => fetch(urlOf(target, way)),
  xhr: (target, way) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('GET', urlOf(target, way));
      request.onload = resolve;
      request.onerror = () => reject(new DOMException('', 'NetworkError'));
      request.send();
    }),
  beacon: async (target, way) => {
    navigator.sendBeacon(urlOf(target, way), 'self-test');
    await quiet();
  },
  webSocket: opens(({ tcpPort }) => new WebSocket(`ws://127.0.0.1:${tcpPort}/`)),
  eventSource: opens((target, way) => new EventSource(urlOf(target, way))),
  webTransport: async ({ udpPort }) => {
    const transport = new WebTransport(`https://127.0.0.1:${udpPort}/`);
    transport.closed.catch(() => undefined);
    await Promise.race([transport.ready, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  },
  webRtc: async ({ tcpPort, udpPort }) => {
    const iceServers = [
      { urls: `stun:127.0.0.1:${udpPort}` },
      { urls: `turn:127.0.0.1:${tcpPort}?transport=tcp`, username: 'self', credential: 'test' },
    ];
    const peer = new RTCPeerConnection({ iceServers });
    try {
      peer.createDataChannel('self-test');
      await peer.setLocalDescription(await peer.createOffer());
      await new Promise<void>((resolve) => {
        peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve();
        setTimeout(resolve, PATIENCE_MS);
      });
    } finally {
      peer.close();
    }
  },
  image: loads('img', 'src', { alt: '' }),
  media: loads('audio', 'src', { preload: 'auto' }),
  script: loads('script', 'src'),
  style: loads('link', 'href', { rel: 'stylesheet' }),
  font: (target, way) => new FontFace('self-test', `url(${urlOf(target, way)})`).load(),
  prefetch: loads('link', 'href', { rel: 'prefetch' }),
  frame: loads('iframe', 'src', { title: 'self-test' }),
  object: loads('object', 'data'),
  worker: async (target, way) => {
    const code = new Blob([`fetch(${JSON.stringify(urlOf(target, way))}).finally(() => postMessage(0))`]);
    const address = URL.createObjectURL(code);
    try {
      await new Promise<void>((resolve, reject) => {
        const worker = new Worker(address);
        worker.onmessage = () => resolve();
        worker.onerror = () => reject(new DOMException('', 'SecurityError'));
        setTimeout(resolve, PATIENCE_MS);
      });
    } finally {
      URL.revokeObjectURL(address);
    }
  },
  form: async (target, way) => {
    const frame = document.createElement('iframe');
    const form = document.createElement('form');
    Object.assign(frame, { name: 'self-test', hidden: true, title: 'self-test' });
    Object.assign(form, { action: urlOf(target, way), target: 'self-test', method: 'post', hidden: true });
    document.body.append(frame, form);
    form.submit();
    await quiet();
    form.remove();
    frame.remove();
  },
  ping: async (target, way) => {
    const link = document.createElement('a');
    Object.assign(link, { href: '#', ping: urlOf(target, way) });
    // The address stays as it is.
    link.addEventListener('click', (event) => event.stopPropagation());
    document.body.append(link);
    const before = location.href;
    link.click();
    history.replaceState(history.state, '', before);
    link.remove();
    await quiet();
  },
  popup: async (target, way) => {
    const opened = window.open(urlOf(target, way));
    await quiet();
    opened?.close();
    if (opened === null) throw new DOMException('', 'NotAllowedError');
  },
  navigation: async (target, way) => {
    location.assign(urlOf(target, way));
    await quiet();
  },
};

/** Tries to reach the listener of a self-test from this page, in one way, and tells how that ended. Throws nothing. */
export async function attemptFromPage(way: PageWay, target: EgressTarget): Promise<EgressEnd> {
  let directive: string | null = null;
  const note = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
    directive = effectiveDirective;
  };
  document.addEventListener('securitypolicyviolation', note);
  let end: EgressEnd = { how: 'nothing', detail: '' };
  try {
    await ATTEMPTS[way](target, way);
  } catch (error) {
    const name = error instanceof Error || error instanceof DOMException ? error.name : typeof error;
    end = name === 'ReferenceError' ? { how: 'absent', detail: '' } : { how: 'error', detail: name };
  }
  // The event follows what it tells of.
  await new Promise((resolve) => setTimeout(resolve));
  document.removeEventListener('securitypolicyviolation', note);
  return directive === null ? end : { how: 'policy', detail: directive };
}
