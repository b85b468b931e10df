import { OfficeClient } from '../client/office-client.ts';
import type { OidcSignIn } from '../contract/administration-api.ts';
import { IMPATIENT_MS, sealAll, signIn } from './page-actions.ts';
import { problemOf } from './page-errors.ts';
import { keep, kept } from './page-memory.ts';
import { usePage } from './page-store.ts';
import {
  beginProviderSignIn,
  endProviderSignIn,
  isProviderAnswer,
  PendingSignIn,
  ProviderSignInError,
} from './provider-sign-in.ts';

/** Where a sign-in that has been begun is, while the user is at the provider. */
const PENDING = 'signing-in';

/** Asks whether users sign in at the house's identity provider. One that is away just now is one, too. */
export async function findProvider(): Promise<void> {
  try {
    usePage.setState({ hasProvider: (await providerOf([])) !== null });
  } catch (error) {
    const signInProblem = problemOf(error);
    usePage.setState({ hasProvider: signInProblem === 'signIn.unavailable', signInProblem });
  }
}

/** Leaves the page for the provider, once what waits here is sealed. */
export async function signInAtProvider(): Promise<void> {
  usePage.setState({ isSigningIn: true, signInProblem: null });
  try {
    const oidc = await providerOf(IMPATIENT_MS);
    if (oidc === null) return usePage.setState({ isSigningIn: false, hasProvider: false });
    await sealAll();
    const { url, pending } = await beginProviderSignIn(oidc, new URL('/', location.origin).href);
    keep(PENDING, JSON.stringify(pending), sessionStorage);
    location.assign(url);
  } catch (error) {
    usePage.setState({ isSigningIn: false, signInProblem: problemOf(error) });
  }
}

/** The address to which the provider has sent somebody back, who then sees the page's own; null if it was not the provider. */
export function takeProviderAnswer(): URL | null {
  const address = new URL(location.href);
  if (!isProviderAnswer(address)) return null;
  // A code is for nobody's history, nor for a reload.
  history.replaceState(null, '', location.pathname);
  return address;
}

/** Signs in whoever comes back from the provider. What was remembered for it serves once. */
export async function comeBackFromProvider(answer: URL): Promise<void> {
  const text = kept(PENDING, sessionStorage);
  keep(PENDING, null, sessionStorage);
  usePage.setState({ isSigningIn: true, signInProblem: null });
  try {
    const pending = text === null ? null : PendingSignIn.parse(JSON.parse(text));
    await signIn(await endProviderSignIn(pending, answer));
    // Nothing has ended: the provider gives tokens that the office does not accept.
    if (usePage.getState().signInProblem === 'token.refused') throw new ProviderSignInError('providerFailed');
  } catch (error) {
    usePage.setState({ isSigningIn: false, signInProblem: problemOf(error) });
  }
}

async function providerOf(delaysMs: readonly number[]): Promise<OidcSignIn | null> {
  return await new OfficeClient({ gateway: location.origin, token: null }, delaysMs).signIn();
}
