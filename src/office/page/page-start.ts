import { signIn, TOKEN } from './page-actions.ts';
import { kept } from './page-memory.ts';
import { openOwn } from './page-own.ts';
import { type Fitness, usePage } from './page-store.ts';
import { makeWebKeys } from './sealing/web-keys.ts';

/** Looks whether the browser can do this, opens what it keeps, and signs in again after a reload. */
export async function startPage(): Promise<void> {
  const fitness = await fitnessOfBrowser();
  if (fitness === 'fit') {
    try {
      await openOwn();
    } catch {
      usePage.setState({ fitness: 'old' });
      return;
    }
  }
  usePage.setState({ fitness });
  const token = fitness === 'fit' ? kept(TOKEN, sessionStorage) : null;
  if (token !== null) await signIn(token);
}

async function fitnessOfBrowser(): Promise<Fitness> {
  if (!isSecureContext) return 'insecure';
  try {
    await makeWebKeys();
    await navigator.storage.getDirectory();
    return 'locks' in navigator ? 'fit' : 'old';
  } catch {
    return 'old';
  }
}
