import { create } from 'zustand';
import type { Snippet } from '../../src/contract/editor-tools.ts';
import { request } from '../lib/client.ts';
import { translate } from '../lib/i18n.ts';

interface SnippetsStore {
  /** As the vault has them; null if the user never changed them. */
  readonly stored: readonly Snippet[] | null;
}

/** The snippets of the open vault. */
export const useSnippets = create<SnippetsStore>(() => ({ stored: null }));

/** The snippets in the order of their places: the stored ones, else those that are delivered in the window's language. */
export function snippetsOf({ stored }: SnippetsStore): readonly Snippet[] {
  return stored === null ? delivered() : stored.toSorted((a, b) => a.place - b.place);
}

/** Fetches them. Throws AppErrors. */
export async function loadSnippets(): Promise<void> {
  useSnippets.setState({ stored: await request('editorTools.snippets') });
}

/** Stores them. Throws AppErrors; then they are as before. */
export async function keepSnippets(snippets: readonly Snippet[]): Promise<void> {
  await request('editorTools.keepSnippets', { snippets: [...snippets] });
  useSnippets.setState({ stored: snippets });
}

/** The vault was locked. */
export function clearSnippets(): void {
  useSnippets.setState({ stored: null });
}

function delivered(): Snippet[] {
  return ([1, 2, 3] as const).map((place) => ({
    place,
    name: translate(`editorTools:delivered${place}Name`),
    // Its placeholders are the snippet's, not the message's.
    text: translate(`editorTools:delivered${place}`),
  }));
}
