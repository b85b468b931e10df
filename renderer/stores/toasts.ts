import { create } from 'zustand';
import type { AppError } from '../../src/contract/errors.ts';
import { appErrorOf } from '../lib/client.ts';

/** Something short that the user should notice. */
export type Notice =
  | { readonly id: number; readonly kind: 'done'; readonly text: string }
  | {
      readonly id: number;
      readonly kind: 'error';
      readonly error: AppError;
      /** Does again what failed; null where that makes no sense. */
      readonly retry: (() => void) | null;
    };

interface NoticesStore {
  readonly notices: readonly Notice[];
}

/** The notices on the screen, the newest last. */
export const useToasts = create<NoticesStore>(() => ({ notices: [] }));

let lastId = 0;

/** Says that something was done. */
export function say(text: string): void {
  lastId += 1;
  put({ id: lastId, kind: 'done', text });
}

/** Tells of an error: with its two sentences and its one button. Gives what takes it away. */
export function tellError(thrown: unknown, retry: (() => void) | null = null): () => void {
  lastId += 1;
  const id = lastId;
  put({ id, kind: 'error', error: appErrorOf(thrown), retry });
  return () => dismissToast(id);
}

/** Runs something the user asked for; an error is told, with the same once more as its retry. */
export function attempt(action: () => Promise<unknown>): void {
  action().catch((thrown: unknown) => tellError(thrown, () => attempt(action)));
}

/** Takes a notice away. */
export function dismissToast(id: number): void {
  useToasts.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** Takes all notices away: they may name recordings. */
export function clearToasts(): void {
  useToasts.setState({ notices: [] });
}

const MOST_AT_ONCE = 4;

function put(notice: Notice): void {
  useToasts.setState(({ notices }) => ({ notices: [...notices, notice].slice(-MOST_AT_ONCE) }));
}
