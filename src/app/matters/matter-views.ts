import { v7 as newId } from 'uuid';
import { AppError } from '../../contract/errors.ts';
import { MatterDraft, type MatterView, TranscriptionChoice } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import type { Matter } from '../../core/database/matters/matters.db.ts';

/** A matter as the window saves it: a new one without an id. */
export type SavedMatter = Omit<MatterView, 'id'> & { readonly id: string | null };

const Options = TranscriptionChoice.partial();

/** All matters, newest first. */
export async function matterViews(database: Database): Promise<MatterView[]> {
  return (await database.matters.list()).map(matterView);
}

/** Adds a matter or changes one, and gives it as it is stored. Throws `matter.notFound`. */
export async function saveMatter(database: Database, saved: SavedMatter): Promise<MatterView> {
  const { id: savedId, options: defaultOptions, ...rest } = saved;
  const id = savedId ?? newId();
  const matter = { ...rest, id, defaultOptions };
  if (savedId === null) await database.matters.add({ ...matter, createdAtMs: Date.now() });
  else await database.matters.change(matter);
  const stored = await database.matters.get(id);
  if (stored === null) throw new AppError('matter.notFound', {});
  return matterView(stored);
}

/** The setting that keeps the form of a matter that is being filled in. */
const DRAFT = 'matterDraft';

/** The form that was being filled in last and was neither saved nor put away, or null. */
export async function matterDraft({ settings }: Database): Promise<MatterDraft | null> {
  const stored = MatterDraft.safeParse(await settings.get(DRAFT));
  return stored.success ? stored.data : null;
}

/** Keeps the form of a matter; null for none. */
export async function keepMatterDraft({ settings }: Database, draft: MatterDraft | null): Promise<void> {
  await settings.set({ key: DRAFT, value: draft });
}

function matterView({ id, name, vocabulary, speakers, defaultOptions }: Matter): MatterView {
  const options = Options.safeParse(defaultOptions);
  return { id, name, vocabulary, speakers, options: options.success ? options.data : {} };
}
