import { create } from 'zustand';
import type { ImportOutcome } from '../../src/contract/ipc.ts';
import type { LeftOutNote } from '../../src/contract/left-out.ts';
import { startingChoice } from '../../src/contract/starting-choice.ts';
import type { RecordingView, TranscriptionChoice } from '../../src/contract/views.ts';
import { request } from '../lib/client.ts';
import { translate } from '../lib/i18n/i18n.ts';
import { noteArrival } from './arrivals.ts';
import { isRecordingName, whileArriving } from './arriving.ts';
import { changeList } from './list-views.ts';
import { useMatters } from './matters.ts';
import { takeModels } from './models.ts';
import { goTo, type Scope, useNavigation } from './navigation.ts';
import { attempt, say } from './toasts.ts';

/** A file that could not be taken. */
export type Rejection = ImportOutcome['rejected'][number];

interface ImportsStore {
  /** Files that could not be taken and that the user has not put away. */
  readonly rejected: readonly Rejection[];
  /** What was left out though nothing is wrong with it, and was not put away. */
  readonly leftOut: readonly LeftOutNote[];
}

/** What came of the user's drops. */
export const useImports = create<ImportsStore>(() => ({ rejected: [], leftOut: [] }));

/** The options that a recording waits with, was transcribed with or, before any were chosen, starts with. */
export function choiceOf({ job, matterId }: RecordingView): TranscriptionChoice {
  const matter = () => useMatters.getState().matters.find(({ id }) => id === matterId);
  return job?.choice ?? startingChoice(matter());
}

/** What the library shows decides where new recordings go, and with which options they start. */
function destination(): { matterId: string | null; choice: TranscriptionChoice } {
  const { route } = useNavigation.getState();
  const matterId = route.screen === 'library' && route.scope.kind === 'matter' ? route.scope.id : null;
  const matter = useMatters.getState().matters.find(({ id }) => id === matterId);
  return { matterId, choice: startingChoice(matter) };
}

/**
 * Takes files and folders into the vault. Asks nothing: recordings start with the options of the matter on the screen,
 * models are kept as models, and what cannot be taken is told beside the rows. Throws AppErrors.
 */
export async function importFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const where = destination();
  const names = files.map(({ name }) => name);
  if (names.some(isRecordingName)) showWhereTheyAre();
  const bring = () => request('library.import', { files, ...where });
  takeImportOutcome(await whileArriving(names, where.matterId, bring));
}

/** Lets the user choose recordings, or a folder of them, in the system's dialog. Throws AppErrors. */
export async function chooseRecordings(what: 'files' | 'folder'): Promise<void> {
  takeImportOutcome(await request('library.importChosen', { what, ...destination() }));
}

/** Lets the user choose a model file in the system's dialog. Throws AppErrors. */
export async function chooseModelFile(): Promise<void> {
  const model = await request('models.importChosen');
  if (model === null) return;
  takeModels(await request('models.list'));
  say(translate('modelsAdded', { count: 1, name: model.name }));
}

/** Tries a rejected file again; with several sound tracks, the one to take, or all of them mixed. Throws AppErrors. */
export async function importAgain(rejection: Rejection, track: number | 'mix' | null): Promise<void> {
  takeImportOutcome(
    await request('library.importAgain', { ticket: rejection.ticket, track, ...destination() }),
  );
}

/** Shows what came of bringing files in. */
export function takeImportOutcome({ added, models, rejected, leftOut }: ImportOutcome): void {
  for (const id of added) noteArrival(id);
  if (models.length > 0) say(translate('modelsAdded', { count: models.length, name: models[0]?.name ?? '' }));
  if (added.length + rejected.length + leftOut.length > 0) showWhereTheyAre();
  else if (models.length > 0) goTo({ screen: 'models' });
}

/** Adds the recordings that come with the app. Throws AppErrors. */
export async function importSamples(): Promise<void> {
  const { added } = await request('library.importSamples');
  for (const id of added) noteArrival(id);
  showWhereTheyAre();
}

/** Puts away the messages about files that could not be taken. */
export function dismissRejections(tickets: readonly string[]): void {
  attempt(() => request('library.dismissRejections', { tickets: [...tickets] }));
}

/** Takes all files that could not be taken. */
export function takeRejections(rejected: readonly Rejection[]): void {
  useImports.setState({ rejected });
}

/** Puts away notes of what was left out. */
export function dismissLeftOut(tickets: readonly string[]): void {
  attempt(() => request('library.dismissLeftOut', { tickets: [...tickets] }));
}

/** Takes all that was left out. */
export function takeLeftOut(leftOut: readonly LeftOutNote[]): void {
  useImports.setState({ leftOut });
}

/** Puts all of these messages away; they name files, so also when the vault is locked. */
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
