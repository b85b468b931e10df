import { v7 as newId } from 'uuid';
import { AppError, Failure } from '../../contract/errors.ts';
import { LeftOutNote } from '../../contract/left-out.ts';
import { z } from '../../contract/schema.ts';
import { TranscriptionChoice } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';

/** How files are to be brought in. */
export const IntakeChoice = z.object({
  matterId: z.uuid().nullable(),
  choice: TranscriptionChoice,
});
export type IntakeChoice = z.infer<typeof IntakeChoice>;

const Batch = z.object({ id: z.uuid(), choice: IntakeChoice, files: z.array(z.string()) });
/** Files that the user has handed over at once, by their absolute paths, in order. */
export type Batch = z.infer<typeof Batch>;

const RejectedFile = z.object({ ticket: z.uuid(), path: z.string(), failure: Failure });
/** A file that could not be taken, until the user puts it away or tries it again. */
export type RejectedFile = z.infer<typeof RejectedFile>;

/** The settings that keep it. The second is written for every file, so it is small. */
const KEPT = 'intake';
const DONE = 'intakeDone';
const Kept = z.object({
  batches: z.array(Batch),
  rejected: z.array(RejectedFile),
  leftOut: z.array(LeftOutNote).default([]),
});
const Done = z.record(z.string(), z.number().int().nonnegative());

/** So many rejected files are remembered. */
const MOST_REJECTED = 1000;
/** So many notes of what was left out. */
const MOST_NOTES = 50;

/**
 * What the user has handed over and is not in yet, and what could not be taken or was left out: kept in the vault, so that neither locking
 * nor the end of the app loses a file of a drop. Where the disk is too full to keep it, it is known as long as the vault is
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

  /** Reads what is kept in a vault. */
  static async load({ settings }: Pick<Database, 'settings'>): Promise<IntakeMemory> {
    const kept = Kept.safeParse(await settings.get(KEPT));
    const done = Done.safeParse(await settings.get(DONE));
    return new IntakeMemory(
      settings,
      kept.success ? kept.data : { batches: [], rejected: [], leftOut: [] },
      done.success ? done.data : {},
    );
  }

  /** What was not brought in when the vault was last sealed, without the files that were. */
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

  /** Takes files that are to be brought in. */
  async add(files: readonly string[], choice: IntakeChoice): Promise<Batch> {
    const batch = { id: newId(), choice, files: [...files] };
    this.#batches.set(batch.id, batch);
    await this.#keep();
    return batch;
  }

  /** The next file of a batch is in, or rejected. */
  async advance(batchId: string): Promise<void> {
    this.#done.set(batchId, (this.#done.get(batchId) ?? 0) + 1);
    await this.#keepDone();
  }

  /** A batch is in. */
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

  /** Forgets a rejected file, and gives its path. Throws `file.notFound` for one that is not known. */
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

  /** Keeps what was left out of a drop, until the user puts it away. */
  async leaveOut(notes: readonly LeftOutNote[]): Promise<void> {
    this.#leftOut = [...this.#leftOut, ...notes].slice(-MOST_NOTES);
    await this.#keep();
  }

  /** Forgets what was left out. */
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
    // A full disk keeps no file out whose copy has room: it is told where that has none.
    await this.#settings.set({ key: KEPT, value }).catch(() => undefined);
  }

  async #keepDone(): Promise<void> {
    await this.#settings.set({ key: DONE, value: Object.fromEntries(this.#done) }).catch(() => undefined);
  }
}
