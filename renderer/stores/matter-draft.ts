import { create } from 'zustand';
import type { MatterDraft } from '../../src/contract/views.ts';
import { request } from '../lib/client.ts';
import { useMatters } from './matters.ts';
import { showOverlay } from './navigation.ts';

interface MatterDraftStore {
  readonly draft: MatterDraft | null;
}

/** The form of a matter being filled in, or restored from an earlier page. */
export const useMatterDraft = create<MatterDraftStore>(() => ({ draft: null }));

/** Restores and reopens the earlier page's form; dismissed if its matter is gone. */
export function takeMatterDraft(draft: MatterDraft): void {
  const isThere = draft.id === null || useMatters.getState().matters.some(({ id }) => id === draft.id);
  useMatterDraft.setState({ draft });
  if (isThere) showOverlay({ kind: 'matter', id: draft.id });
  else keepMatterDraft(null);
}

/** Stores a form on every change; null once it is saved or dismissed. */
export function keepMatterDraft(draft: MatterDraft | null): void {
  const { draft: before } = useMatterDraft.getState();
  if (draft === before) return;
  useMatterDraft.setState({ draft });
  // The screen's state counts; if it cannot be stored, saving reports why.
  request('matters.keepDraft', draft).catch(() => undefined);
}

/** Clears it: the vault is locked, and keeps it. */
export function clearMatterDraft(): void {
  useMatterDraft.setState({ draft: null });
}
