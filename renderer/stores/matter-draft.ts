import { create } from 'zustand';
import type { MatterDraft } from '../../src/contract/views.ts';
import { request } from '../lib/client.ts';
import { useMatters } from './matters.ts';
import { showOverlay } from './navigation.ts';

interface MatterDraftStore {
  readonly draft: MatterDraft | null;
}

/** The form of a matter that is being filled in, or was when the window went. */
export const useMatterDraft = create<MatterDraftStore>(() => ({ draft: null }));

/** Takes the form that was open when the window went, and opens it again; that of a matter that is gone is put away. */
export function takeMatterDraft(draft: MatterDraft): void {
  const isThere = draft.id === null || useMatters.getState().matters.some(({ id }) => id === draft.id);
  useMatterDraft.setState({ draft });
  if (isThere) showOverlay({ kind: 'matter', id: draft.id });
  else keepMatterDraft(null);
}

/** Keeps a form with every change of it; null once it is saved or put away. */
export function keepMatterDraft(draft: MatterDraft | null): void {
  const { draft: before } = useMatterDraft.getState();
  if (draft === before) return;
  useMatterDraft.setState({ draft });
  // What is on the screen counts; where it cannot be kept, saving tells why.
  request('matters.keepDraft', draft).catch(() => undefined);
}

/** Forgets it: the vault is locked, and keeps it. */
export function clearMatterDraft(): void {
  useMatterDraft.setState({ draft: null });
}
