import { create } from 'zustand';
import type { ImportOutcome } from '../../src/contract/ipc.ts';
import type { LeftOutNote } from '../../src/contract/left-out.ts';
import { startingChoice } from '../../src/contract/starting-choice.ts';
import type { RecordingView, TranscriptionChoice } from '../../src/contract/views.ts';
import { request } from '../lib/client.ts';
import { translate } from '../lib/i18n.ts';
import { noteArrival } from './arrivals.ts';
import { isRecordingName, whileArriving } from './arriving.ts';
import { changeList } from './list-views.ts';
import { useMatters } from './matters.ts';
import { takeModels } from './models.ts';
import { goTo, type Scope, scopeMatterId, useNavigation } from './navigation.ts';
import { attempt, say } from './toasts.ts';

/** A file that was rejected. */
export type Rejection = ImportOutcome['rejected'][number];

interface ImportsStore {
  /** Rejected files whose messages are not dismissed. */
  readonly rejected: readonly Rejection[];
  /** Files skipped without a fault whose notes are not dismissed. */
  readonly leftOut: readonly LeftOutNote[];
}

/** Results of the user's drops. */
export const useImports = create<ImportsStore>(() => ({ rejected: [], leftOut: [] }));

/** The options of a recording's queued or finished transcription or, before any were chosen, its start. */
export function lastChoiceOf({ job, matterId }: RecordingView): TranscriptionChoice {
  const matter = () => useMatters.getState().matters.find(({ id }) => id === matterId);
  return job?.choice ?? startingChoice(matter());
}

/** The library's scope decides the target of new recordings, and their options. */
function destination(): { matterId: string | null; choice: TranscriptionChoice } {
  const matterId = scopeMatterId();
  const matter = useMatters.getState().matters.find(({ id }) => id === matterId);
  return { matterId, choice: startingChoice(matter) };
}

/**
 * Imports files and folders into the vault. Asks nothing: recordings start with the options of the matter on screen,
 * models are stored as models, and failures are shown beside the rows. Throws AppErrors.
 */
export async function importFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const where = destination();
  const names = files.map(({ name }) => name);
  if (names.some(isRecordingName)) showWhereTheyAre();
  const bring = () => request('library.import', { files, ...where });
  takeImportOutcome(await whileArriving(names, where.matterId, bring));
}

/** Opens the system's dialog to choose recordings, or a folder of them. Throws AppErrors. */
export async function chooseRecordings(what: 'files' | 'folder'): Promise<void> {
  takeImportOutcome(await request('library.importChosen', { what, ...destination() }));
}

/** Opens the system's dialog to choose a model file. Throws AppErrors. */
export async function chooseModelFile(): Promise<void> {
  const model = await request('models.importChosen');
  if (model === null) return;
  takeModels(await request('models.list'));
  say(translate('modelsAdded', { count: 1, name: model.name }));
}

/** Retries a rejected file; with several audio tracks, the one to import, or all of them mixed. Throws AppErrors. */
export async function importAgain(rejection: Rejection, track: number | 'mix' | null): Promise<void> {
  takeImportOutcome(
    await request('library.importAgain', { ticket: rejection.ticket, track, ...destination() }),
  );
}

/** Shows the result of an import. */
export function takeImportOutcome({ added, models, rejected, leftOut }: ImportOutcome): void {
  for (const id of added) noteArrival(id);
  if (models.length > 0) say(translate('modelsAdded', { count: models.length, name: models[0]?.name ?? '' }));
  if (added.length + rejected.length + leftOut.length > 0) showWhereTheyAre();
  else if (models.length > 0) goTo({ screen: 'models' });
}

/** Adds the example recordings of the app. Throws AppErrors. */
export async function importSamples(): Promise<void> {
  const { added } = await request('library.importSamples');
  for (const id of added) noteArrival(id);
  showWhereTheyAre();
}

/** Dismisses the messages about rejected files. */
export function dismissRejections(tickets: readonly string[]): void {
  attempt(() => request('library.dismissRejections', { tickets: [...tickets] }));
}

/** Sets all rejected files. */
export function takeRejections(rejected: readonly Rejection[]): void {
  useImports.setState({ rejected });
}

/** Dismisses notes about skipped files. */
export function dismissLeftOut(tickets: readonly string[]): void {
  attempt(() => request('library.dismissLeftOut', { tickets: [...tickets] }));
}

/** Sets all skipped files. */
export function takeLeftOut(leftOut: readonly LeftOutNote[]): void {
  useImports.setState({ leftOut });
}

/** Dismisses all these messages; they name files, so also when the vault is locked. */
export function clearImports(): void {
  useImports.setState({ rejected: [], leftOut: [] });
}

function showWhereTheyAre(): void {
  const { route } = useNavigation.getState();
  useNavigation.setState({ search: '' });
  const isShown = route.screen === 'library' && route.scope.kind !== 'bin';
  const scope: Scope = isShown ? route.scope : { kind: 'all' };
  changeList(scope, { filter: 'all' });
  if (!isShown) goTo({ screen: 'library', scope });
}
