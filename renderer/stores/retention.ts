import { useEffect } from 'react';
import { create } from 'zustand';
import type { DueView } from '../../src/contract/retention.ts';
import { request } from '../lib/client.ts';
import { translate } from '../lib/i18n.ts';
import { showOverlay, useNavigation } from './navigation.ts';
import { say } from './toasts.ts';

interface RetentionStore {
  /** What goes now and soon; null until it is read. */
  readonly view: DueView | null;
}

/** What the matters' retention erases now and soon. */
export const useRetention = create<RetentionStore>(() => ({ view: null }));

/** Reads it anew, and tells what has gone by itself. Throws AppErrors. */
export async function loadRetention(): Promise<void> {
  const view = await request('retention.due');
  useRetention.setState({ view });
  if (view.erased > 0) say(translate('retention:erasedByItself', { count: view.erased }));
}

/** After unlocking: shows what is due, or asks whether the date is right, and waits for an answer, unless something else is open. */
export async function askOfRetention(): Promise<void> {
  await loadRetention();
  const { view } = useRetention.getState();
  const isAsked = view?.due.some(({ dueAtMs, automatic }) => dueAtMs <= view.nowMs && !automatic);
  if ((isAsked || view?.clockDoubt) && useNavigation.getState().overlay === null)
    showOverlay({ kind: 'due' });
}

/** Keeps what is due up to date while a screen shows it. */
export function useFreshRetention(): DueView | null {
  const view = useRetention((store) => store.view);
  useEffect(() => {
    const load = () => void loadRetention().catch(() => undefined);
    load();
    return window.voicesync.subscribe(({ event }) => {
      const hasGone = event.type === 'libraryChanged' && event.removed.length > 0;
      if (event.type === 'retentionChanged' || event.type === 'mattersChanged' || hasGone) load();
    });
  }, []);
  return view;
}

/** Clears the store: the vault is locked. */
export function clearRetention(): void {
  useRetention.setState({ view: null });
}
