import { failureOf } from '../../contract/errors.ts';
import type { KeepingProgress } from '../../contract/vault-check.ts';
import type { PlannedVaultMove, VaultMoved, VaultMoving } from '../../contract/vault-place.ts';
import { asAppError } from '../../core/system-errors.ts';
import { moveVault, planMove } from '../../core/vault/vault-move.ts';
import { type KeepingWatch, watchBytes } from './keeping-watch.ts';
import { appVaultPlace } from './open-vault.ts';
import type { VaultSession, VaultWork } from './vault-session.ts';

/** Hears of moves. */
export interface MoveObserver {
  readonly onProgress: (progress: KeepingProgress) => void;
  /** Called when a move has ended. */
  readonly onEnd: () => void;
}

interface RunningMove {
  readonly moving: VaultMoving;
  readonly stop: AbortController;
  readonly end: Promise<void>;
}

/**
 * Moves a locked vault, the app's or any other, into a new or empty folder; progress is in bytes. Throws what `moveVault`
 * throws.
 */
export async function moveVaultTo(to: string, from: string, watch: KeepingWatch): Promise<PlannedVaultMove> {
  const { bytes } = await planMove(from, to);
  return await moveVault(appVaultPlace(), from, to, watchBytes(watch, bytes));
}

/** The move of a session's vault into another folder: planned, under way, and how it ended. */
export class VaultMoves {
  readonly #session: VaultSession<VaultWork>;
  readonly #observer: MoveObserver;
  #planned: PlannedVaultMove | null = null;
  #running: RunningMove | null = null;
  #moved: VaultMoved | null = null;

  constructor(session: VaultSession<VaultWork>, observer: MoveObserver) {
    this.#session = session;
    this.#observer = observer;
  }

  /** What is under way. */
  get moving(): VaultMoving | null {
    return this.#running?.moving ?? null;
  }

  /** How the last move ended. */
  get moved(): VaultMoved | null {
    return this.#moved;
  }

  forgetOutcome(): void {
    this.#moved = null;
  }

  /** Whether the vault can be moved into a folder, new or empty, and what that takes. Throws what `planMove` throws. */
  async plan(to: string): Promise<PlannedVaultMove> {
    this.#planned = null;
    this.#planned = await planMove(this.#session.folder, to);
    return this.#planned;
  }

  /** Begins what was planned last, and returns at once; without a plan, or while a vault is moved, does nothing. */
  begin(): void {
    const planned = this.#planned;
    if (planned === null || this.#running !== null) return;
    this.#planned = null;
    const stop = new AbortController();
    const moving = { from: planned.from, to: planned.to };
    this.#running = { moving, stop, end: this.#move(planned, stop.signal) };
  }

  /** Breaks a running move off, and waits until it has ended; one whose copy is whole is finished. */
  async stop(): Promise<void> {
    this.#running?.stop.abort();
    await this.#running?.end;
  }

  /** Never rejects. */
  async #move({ from, to, bytes }: PlannedVaultMove, signal: AbortSignal): Promise<void> {
    const onProgress = (done: number, total: number) => this.#observer.onProgress({ done, total });
    const outcome = (how: VaultMoved['how'], failure: VaultMoved['failure'] = null) => {
      this.#moved = { from, to, how, failure };
    };
    try {
      await this.#session.moveAway(async (folder) => {
        await moveVault(this.#session.place, folder, to, watchBytes({ onProgress, signal }, bytes));
      });
      outcome('moved');
    } catch (error) {
      if (signal.aborted && error === signal.reason) outcome('stopped');
      else outcome('failed', failureOf(asAppError(error)));
    }
    this.#running = null;
    this.#observer.onEnd();
  }
}
