import { v7 as newId } from 'uuid';
import { AppError } from '../../contract/errors.ts';
import { MatterDraft, type MatterView, TranscriptionChoice } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import type { Matter } from '../../core/database/matters/matters.db.ts';

/** A matter as it is saved: a new one without an id. */
export type SavedMatter = Omit<MatterView, 'id' | 'recordings'> & { readonly id: string | null };

const Options = TranscriptionChoice.partial();

/** The setting that keeps the form of a matter that is being filled in. */
const DRAFT = 'matterDraft';

/** The matters of an open vault: cases, patients or studies that recordings belong to. */
export class Matters {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All matters, newest first. */
  async list(): Promise<MatterView[]> {
    const { matters } = this.#database;
    const [all, counts] = await Promise.all([matters.list(), matters.recordingCounts()]);
    return all.map((matter) => matterView(matter, counts[matter.id] ?? 0));
  }

  /** Adds a matter or changes one, and gives it as it is stored. Throws `matter.notFound`. */
  async save(saved: SavedMatter): Promise<MatterView> {
    const { matters } = this.#database;
    const { id: savedId, options: defaultOptions, ...rest } = saved;
    const id = savedId ?? newId();
    const matter = { ...rest, id, defaultOptions };
    if (savedId === null) await matters.add({ ...matter, createdAtMs: Date.now() });
    else await matters.change(matter);
    const stored = await matters.get(id);
    if (stored === null) throw new AppError('matter.notFound', {});
    const counts = await matters.recordingCounts();
    return matterView(stored, counts[id] ?? 0);
  }

  /** The form that was being filled in last and was neither saved nor put away, or null. */
  async draft(): Promise<MatterDraft | null> {
    const stored = MatterDraft.safeParse(await this.#database.settings.get(DRAFT));
    return stored.success ? stored.data : null;
  }

  /** Keeps the form of a matter; null for none. */
  async keepDraft(draft: MatterDraft | null): Promise<void> {
    await this.#database.settings.set({ key: DRAFT, value: draft });
  }

  /** Every name, speaker and word of the vocabulary in the matters: what a passphrase should not be made of. */
  async names(): Promise<string[]> {
    const matters = await this.#database.matters.list();
    return matters.flatMap(({ name, speakers, vocabulary }) => [name, ...speakers, ...vocabulary]);
  }
}

function matterView(
  { id, name, vocabulary, speakers, defaultOptions }: Matter,
  recordings: number,
): MatterView {
  const options = Options.safeParse(defaultOptions);
  return { id, name, vocabulary, speakers, options: options.success ? options.data : {}, recordings };
}
