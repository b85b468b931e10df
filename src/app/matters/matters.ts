import { v7 as newId } from 'uuid';
import { AppError } from '../../contract/errors.ts';
import { MatterDraft, type MatterView, TranscriptionChoice } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import type { Matter } from '../../core/database/matters/matters.db.ts';
import { pseudonymScope } from '../../core/database/pseudonyms/pseudonym-scope.ts';
import type { Recordings } from '../recordings/recordings.ts';

/** A matter as it is saved: a new one without an id. */
export type SavedMatter = Omit<MatterView, 'id'> & { readonly id: string | null };

const Options = TranscriptionChoice.partial();

/** The setting that stores the draft of a matter's form. */
const DRAFT = 'matterDraft';

/** Listeners to changes of matters. */
export interface MattersObserver {
  /** The matters have changed, and with them these recordings. */
  readonly onChange?: (recordingIds: readonly string[]) => void;
}

/** The matters of an open vault: cases, patients or studies that recordings belong to. */
export class Matters {
  readonly #database: Database;
  readonly #recordings: Pick<Recordings, 'bin'>;
  readonly #observer: MattersObserver;

  constructor(database: Database, recordings: Pick<Recordings, 'bin'>, observer: MattersObserver = {}) {
    this.#database = database;
    this.#recordings = recordings;
    this.#observer = observer;
  }

  /** All matters, newest first. */
  async list(): Promise<MatterView[]> {
    return (await this.#database.matters.list()).map(matterView);
  }

  /** Adds a matter or changes one, and returns it as stored. Throws `matter.notFound`. */
  async save(saved: SavedMatter): Promise<MatterView> {
    const { matters } = this.#database;
    const { id: savedId, options: defaultOptions, ...rest } = saved;
    const id = savedId ?? newId();
    const matter = { ...rest, id, defaultOptions };
    if (savedId === null) await matters.add({ ...matter, createdAtMs: Date.now() });
    else await matters.change(matter);
    const stored = await matters.get(id);
    if (stored === null) throw new AppError('matter.notFound', {});
    this.#changed([]);
    return matterView(stored);
  }

  /**
   * Deletes a matter. Its recordings stay without one, or go to the bin; those that are there already stay there.
   * Throws `matter.notFound`, and `matter.held` if nothing of it may be erased.
   */
  async remove(matterId: string, withRecordings: 'keep' | 'bin'): Promise<void> {
    const { matters, recordings } = this.#database;
    const matter = await matters.get(matterId);
    if (matter === null) throw new AppError('matter.notFound', {});
    const heldSinceMs = (await this.#database.retentions.get(matterId))?.heldSinceMs ?? null;
    if (heldSinceMs !== null) throw new AppError('matter.held', { matter: matter.name });
    const all = await recordings.list({ matterId });
    const present = all.filter(({ binnedAtMs }) => binnedAtMs === null).map(({ id }) => id);
    // The matter goes last: if interrupted before that, deleting it again completes it.
    if (withRecordings === 'bin') await this.#recordings.bin(present);
    for (const recording of all) {
      const [from, to] = [pseudonymScope(recording), pseudonymScope({ ...recording, matterId: null })];
      await this.#database.pseudonyms.carry({ recordingId: recording.id, from, to, atMs: Date.now() });
    }
    await matters.remove({ id: matterId, atMs: Date.now() });
    this.#changed(all.map(({ id }) => id));
  }

  /** The last draft of the form that was neither saved nor dismissed, or null. */
  async draft(): Promise<MatterDraft | null> {
    const stored = MatterDraft.safeParse(await this.#database.settings.get(DRAFT));
    return stored.success ? stored.data : null;
  }

  /** Stores the draft of a matter's form; null for none. */
  async keepDraft(draft: MatterDraft | null): Promise<void> {
    await this.#database.settings.set({ key: DRAFT, value: draft });
  }

  /** Every name, speaker and word of the vocabulary in the matters: what a passphrase should not be made of. */
  async names(): Promise<string[]> {
    const matters = await this.#database.matters.list();
    return matters.flatMap(({ name, speakers, vocabulary }) => [name, ...speakers, ...vocabulary]);
  }

  #changed(recordingIds: readonly string[]): void {
    this.#observer.onChange?.(recordingIds);
  }
}

function matterView({ id, name, caseNumber, vocabulary, speakers, defaultOptions }: Matter): MatterView {
  const options = Options.safeParse(defaultOptions);
  return { id, name, caseNumber, vocabulary, speakers, options: options.success ? options.data : {} };
}
