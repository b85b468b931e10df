import { net, session } from 'electron';
import type { BrowserWay, EgressEnd, EgressTarget } from '../contract/egress.ts';

/** How long an attempt may take, in milliseconds. */
const PATIENCE_MS = 3000;

/** Each way settles when it is decided; what it gets is not read. */
const ATTEMPTS: Readonly<Record<BrowserWay, (target: EgressTarget) => Promise<unknown>>> = {
  netFetch: ({ tcpPort }) => net.fetch(`http://127.0.0.1:${tcpPort}/`),
  netRequest: ({ tcpPort }) =>
    new Promise((resolve, reject) => {
      const request = net.request(`http://127.0.0.1:${tcpPort}/`);
      request.on('response', resolve);
      request.on('error', reject);
      request.end();
    }),
  // One that no server is asked for, in case it is resolved after all.
  resolveHost: () => session.defaultSession.resolveHost('localhost'),
};

/** Tries to reach the listener of a self-test by Chromium's own network service. Throws nothing. */
export async function tryBrowser(way: BrowserWay, target: EgressTarget): Promise<EgressEnd> {
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(late.resolve, PATIENCE_MS, 'late');
  try {
    await Promise.race([ATTEMPTS[way](target), late.promise]);
    return { how: 'nothing', detail: '' };
  } catch (error) {
    const { message, name } = error as Error;
    const code = /\bERR_[A-Z_]+/.exec(message)?.[0];
    // Where Chromium is not Electron's, as in the tests' stand-in, there is nothing to try.
    if (code === undefined) return { how: 'untried', detail: '' };
    return { how: 'error', detail: code || name };
  } finally {
    clearTimeout(timer);
  }
}
