import type { CaptureWarning } from '../../contract/capture.ts';

/** How often the watch looks, and every how many looks at the disk. */
const LOOK_MS = 500;
const LOOKS_PER_DISK_LOOK = 10;

/** Without any frame for so long no sound arrives. */
const NOTHING_ARRIVES_MS = 4000;

/** The disk is told to be almost full from this many minutes on. */
const DISK_LOW_MINUTES = 30;

/** What stays told of a session that has ended. */
const LASTING: ReadonlySet<CaptureWarning> = new Set(['liveTextSkipped', 'finalTranscriptFailed']);

/** What a watch looks at. */
export interface CaptureWatchParts {
  /** Minutes of sound for which the disk has room; null if there is plenty. */
  readonly minutesLeft: () => Promise<number | null>;
  /** Whether the microphone is to deliver. */
  readonly isExpected: () => boolean;
  /** Called at every look. */
  readonly onLook: () => void;
  readonly onChange: () => void;
}

/** Watches a running session: whether sound arrives and the disk has room, and holds what is warned of until it is over. */
export class CaptureWatch {
  readonly #parts: CaptureWatchParts;
  readonly #held = new Set<CaptureWarning>();
  #minutesLeft: number | null = null;
  #heardAt = performance.now();
  #nothingArrives = false;
  #looks = 0;

  constructor(parts: CaptureWatchParts) {
    this.#parts = parts;
  }

  /** Minutes of sound for which the disk had room at the last look; null if there was plenty. */
  get minutesLeft(): number | null {
    return this.#minutesLeft;
  }

  /** What is warned of while the session runs. */
  get warnings(): CaptureWarning[] {
    const isLow = this.#minutesLeft !== null && this.#minutesLeft <= DISK_LOW_MINUTES;
    return [
      ...(this.#nothingArrives ? (['silence'] as const) : []),
      ...this.#held,
      ...(isLow ? (['diskLow'] as const) : []),
    ];
  }

  /** What is still told once it has ended. */
  get lastingWarnings(): CaptureWarning[] {
    return [...this.#held].filter((warning) => LASTING.has(warning));
  }

  /** A warning holds, or does no longer. */
  note(warning: CaptureWarning, holds: boolean): void {
    if (holds) this.#held.add(warning);
    else this.#held.delete(warning);
    this.#parts.onChange();
  }

  /** Sound has arrived. */
  heard(): void {
    this.#heardAt = performance.now();
    this.#nothingArrives = false;
  }

  /** Looks from now on; returns the function that ends it. */
  begin(): () => void {
    const looking = setInterval(() => this.#look(), LOOK_MS);
    return () => clearInterval(looking);
  }

  #look(): void {
    const { isExpected, onLook, onChange } = this.#parts;
    this.#looks += 1;
    onLook();
    this.#nothingArrives = isExpected() && performance.now() - this.#heardAt > NOTHING_ARRIVES_MS;
    if (this.#looks % LOOKS_PER_DISK_LOOK === 1) void this.#lookAtDisk();
    if (this.#looks % 2 === 0) onChange();
  }

  async #lookAtDisk(): Promise<void> {
    // A disk that cannot be asked is told by the parts that it refuses.
    this.#minutesLeft = await this.#parts.minutesLeft().catch(() => null);
  }
}
