import { create } from 'zustand';
import type { AppError } from '../../src/contract/errors.ts';
import { appErrorOf } from '../lib/client.ts';

/** A toast. */
export type Notice =
  | {
      readonly id: number;
      readonly kind: 'done';
      readonly text: string;
      readonly isWarning: boolean;
      /** Takes back what was done; null if that cannot be. */
      readonly undo: (() => void) | null;
    }
  | {
      readonly id: number;
      readonly kind: 'error';
      readonly error: AppError;
      /** Retries what failed; null if that makes no sense. */
      readonly retry: (() => void) | null;
    };

interface NoticesStore {
  readonly notices: readonly Notice[];
}

/** The toasts on the screen, the newest last. */
export const useToasts = create<NoticesStore>(() => ({ notices: [] }));

let lastId = 0;

/** Shows that a thing was done, and offers to take it back; or, as a warning, that it was not done as it was meant. */
export function say(
  text: string,
  {
    isWarning = false,
    undo = null,
  }: { readonly isWarning?: boolean; readonly undo?: (() => void) | null } = {},
): void {
  lastId += 1;
  put({ id: lastId, kind: 'done', text, isWarning, undo });
}

/** Shows an error: its two sentences and its one button. Returns its dismissal. */
export function tellError(thrown: unknown, retry: (() => void) | null = null): () => void {
  lastId += 1;
  const id = lastId;
  put({ id, kind: 'error', error: appErrorOf(thrown), retry });
  return () => dismissToast(id);
}

/** Runs a user action; an error is shown, with a repetition as its retry. */
export function attempt(action: () => Promise<unknown>): void {
  action().catch((thrown: unknown) => tellError(thrown, () => attempt(action)));
}

/** Dismisses a toast. */
export function dismissToast(id: number): void {
  useToasts.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** Dismisses all toasts: they may name recordings. */
export function clearToasts(): void {
  useToasts.setState({ notices: [] });
}

const MOST_AT_ONCE = 4;

function put(notice: Notice): void {
  useToasts.setState(({ notices }) => ({ notices: [...notices, notice].slice(-MOST_AT_ONCE) }));
}
