import { signIn, TOKEN } from './page-actions.ts';
import { kept } from './page-memory.ts';
import { openOwn } from './page-own.ts';
import { type Fitness, usePage } from './page-store.ts';
import { comeBackFromProvider, findProvider, takeProviderAnswer } from './provider-actions.ts';
import { makeWebKeys } from './sealing/web-keys.ts';

/** Looks whether the browser can do this, opens what it keeps, and signs in after a reload, or whoever comes back from the provider. */
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
  if (fitness === 'fit') await findProvider();
  usePage.setState({ fitness });
  if (fitness !== 'fit') return;
  const answer = takeProviderAnswer();
  const token = kept(TOKEN, sessionStorage);
  // Whoever is signed in is not signed in as somebody else by an address that he is lured to.
  if (token !== null) await signIn(token);
  else if (answer !== null) await comeBackFromProvider(answer);
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
