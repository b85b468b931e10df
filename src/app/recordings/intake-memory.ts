import { v7 as newId } from 'uuid';
import { AppError, Failure } from '../../contract/errors.ts';
import { LeftOutNote } from '../../contract/left-out.ts';
import { z } from '../../contract/schema.ts';
import { TranscriptionChoice } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';

/** How to import files. */
export const IntakeChoice = z.object({
  matterId: z.uuid().nullable(),
  choice: TranscriptionChoice,
});
export type IntakeChoice = z.infer<typeof IntakeChoice>;

const Batch = z.object({ id: z.uuid(), choice: IntakeChoice, files: z.array(z.string()) });
/** Files that the user passed in one drop, by their absolute paths, in order. */
export type Batch = z.infer<typeof Batch>;

const RejectedFile = z.object({ ticket: z.uuid(), path: z.string(), failure: Failure });
/** A file that could not be imported, until the user dismisses or retries it. */
export type RejectedFile = z.infer<typeof RejectedFile>;

/** The settings that store it. The second is written for every file, so it is small. */
const KEPT = 'intake';
const DONE = 'intakeDone';
const Kept = z.object({
  batches: z.array(Batch),
  rejected: z.array(RejectedFile),
  leftOut: z.array(LeftOutNote).default([]),
});
const Done = z.record(z.string(), z.number().int().nonnegative());

/** Limit of remembered rejected files. */
const MOST_REJECTED = 1000;
/** Limit of notes of left-out files. */
const MOST_NOTES = 50;

/**
 * Files of drops that are not imported yet, rejected or left out: stored in the vault, so that neither locking
 * nor the end of the app loses a file of a drop. If the disk is too full for that, they are known while the vault is
 * open.
 */
export class IntakeMemory {
  readonly #settings: Database['settings'];
  readonly #batches: Map<string, Batch>;
  readonly #done: Map<string, number>;
  #rejected: RejectedFile[];
  #leftOut: LeftOutNote[];

  private constructor(
    settings: Database['settings'],
    kept: z.infer<typeof Kept>,
    done: z.infer<typeof Done>,
  ) {
    this.#settings = settings;
    this.#batches = new Map(kept.batches.map((batch) => [batch.id, batch]));
    this.#done = new Map(Object.entries(done));
    this.#rejected = kept.rejected;
    this.#leftOut = kept.leftOut;
  }

  /** Reads what is stored in a vault. */
  static async load({ settings }: Pick<Database, 'settings'>): Promise<IntakeMemory> {
    const kept = Kept.safeParse(await settings.get(KEPT));
    const done = Done.safeParse(await settings.get(DONE));
    return new IntakeMemory(
      settings,
      kept.success ? kept.data : { batches: [], rejected: [], leftOut: [] },
      done.success ? done.data : {},
    );
  }

  /** Batches not imported when the vault was last sealed, without their imported files. */
  get unfinished(): Batch[] {
    return [...this.#batches.values()].map((batch) => ({
      ...batch,
      files: batch.files.slice(this.#done.get(batch.id) ?? 0),
    }));
  }

  /** Newest last. */
  get rejected(): readonly RejectedFile[] {
    return this.#rejected;
  }

  /** Newest last. */
  get leftOut(): readonly LeftOutNote[] {
    return this.#leftOut;
  }

  /** Adds a batch of files to import. */
  async add(files: readonly string[], choice: IntakeChoice): Promise<Batch> {
    const batch = { id: newId(), choice, files: [...files] };
    this.#batches.set(batch.id, batch);
    await this.#keep();
    return batch;
  }

  /** The next file of a batch is imported or rejected. */
  async advance(batchId: string): Promise<void> {
    this.#done.set(batchId, (this.#done.get(batchId) ?? 0) + 1);
    await this.#keepDone();
  }

  /** A batch is done. */
  async finish(batchId: string): Promise<void> {
    this.#batches.delete(batchId);
    await this.#keep();
    this.#done.delete(batchId);
    await this.#keepDone();
  }

  async reject(path: string, failure: Failure): Promise<RejectedFile> {
    const rejected = { ticket: newId(), path, failure };
    this.#rejected = [...this.#rejected, rejected].slice(-MOST_REJECTED);
    await this.#keep();
    return rejected;
  }

  /** Forgets a rejected file, and returns its path. Throws `file.notFound` if it is unknown. */
  async takeRejected(ticket: string): Promise<string> {
    const found = this.#rejected.find((one) => one.ticket === ticket);
    if (found === undefined) throw new AppError('file.notFound', { file: '' });
    await this.dismiss([ticket]);
    return found.path;
  }

  /** Forgets rejected files. */
  async dismiss(tickets: readonly string[]): Promise<void> {
    this.#rejected = this.#rejected.filter(({ ticket }) => !tickets.includes(ticket));
    await this.#keep();
  }

  /** Stores what was left out of a drop, until the user dismisses it. */
  async leaveOut(notes: readonly LeftOutNote[]): Promise<void> {
    this.#leftOut = [...this.#leftOut, ...notes].slice(-MOST_NOTES);
    await this.#keep();
  }

  /** Forgets left-out files. */
  async dismissLeftOut(tickets: readonly string[]): Promise<void> {
    this.#leftOut = this.#leftOut.filter(({ ticket }) => !tickets.includes(ticket));
    await this.#keep();
  }

  async #keep(): Promise<void> {
    const value = {
      batches: [...this.#batches.values()],
      rejected: this.#rejected,
      leftOut: this.#leftOut,
    };
    // A full disk must not reject a file whose copy fits: if that does not fit, its import reports it.
    await this.#settings.set({ key: KEPT, value }).catch(() => undefined);
  }

  async #keepDone(): Promise<void> {
    await this.#settings.set({ key: DONE, value: Object.fromEntries(this.#done) }).catch(() => undefined);
  }
}
