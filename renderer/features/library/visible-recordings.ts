import type { RecordingView } from '../../../src/contract/views.ts';
import type { Filter, Sorting, SortKey } from '../../stores/list-views.ts';
import type { Scope } from '../../stores/navigation.ts';

/** The sorting after a click on a column: the other way round where it is that one already. */
export function sortBy(sorting: Sorting, key: SortKey): Sorting {
  if (sorting.key === key) return { key, ascending: !sorting.ascending };
  return { key, ascending: key !== 'added' && key !== 'length' };
}

/** The recordings of a scope that pass the filter, in the order of the sorting; work in hand stands as the queue will take it. */
export function visibleRecordings(
  recordings: Iterable<RecordingView>,
  scope: Scope,
  filter: Filter,
  sorting: Sorting,
  matterNames: ReadonlyMap<string, string>,
): RecordingView[] {
  const shown = [...recordings].filter(
    (recording) => isInScope(recording, scope) && (scope.kind === 'bin' || passes(recording, filter)),
  );
  const order = filter === 'working' ? byQueue : comparison(sorting, matterNames);
  return shown.sort((a, b) => order(a, b) || b.createdAtMs - a.createdAtMs || (a.id < b.id ? -1 : 1));
}

/** Whether a recording passes a filter. */
export function passes(recording: RecordingView, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'working':
      return isWorking(recording);
    case 'attention':
      return needsAttention(recording);
    case 'done':
      return recording.job?.state === 'done';
  }
}

function isInScope(recording: RecordingView, scope: Scope): boolean {
  const isBinned = recording.binnedAtMs !== null;
  switch (scope.kind) {
    case 'bin':
      return isBinned;
    case 'all':
      return !isBinned;
    case 'unfiled':
      return !isBinned && recording.matterId === null;
    case 'matter':
      return !isBinned && recording.matterId === scope.id;
  }
}

function isWorking({ state, job, importFailure }: RecordingView): boolean {
  if (state === 'importing') return importFailure === null;
  return job !== null && ['queued', 'running', 'paused', 'waiting'].includes(job.state);
}

/** Failed, incomplete, or in a language that may be wrong. */
function needsAttention({ state, job, importFailure }: RecordingView): boolean {
  const isWrong = importFailure !== null || state === 'incomplete' || job?.state === 'failed';
  return isWrong || isDoubtful(job?.languageProbability);
}

/** Certainty of a detected language under which it stands out. */
const CERTAIN = 0.8;

/** Whether a detected language may well be wrong. */
export function isDoubtful(probability: number | null | undefined): boolean {
  return probability !== null && probability !== undefined && probability < CERTAIN;
}

function byQueue(a: RecordingView, b: RecordingView): number {
  const place = ({ job }: RecordingView) =>
    job?.state === 'running' ? Number.NEGATIVE_INFINITY : (job?.position ?? Number.POSITIVE_INFINITY);
  const [first, second] = [place(a), place(b)];
  return first === second ? 0 : first - second;
}

function comparison(
  { key, ascending }: Sorting,
  matterNames: ReadonlyMap<string, string>,
): (a: RecordingView, b: RecordingView) => number {
  const sign = ascending ? 1 : -1;
  const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const matterName = ({ matterId }: RecordingView) => matterNames.get(matterId ?? '') ?? '';
  const language = ({ job }: RecordingView) => job?.language ?? '';
  switch (key) {
    case 'name':
      return (a, b) => sign * compare(a.name, b.name);
    case 'matter':
      return (a, b) => sign * compare(matterName(a), matterName(b));
    case 'language':
      return (a, b) => sign * compare(language(a), language(b));
    case 'length':
      return (a, b) => sign * ((a.durationMs ?? 0) - (b.durationMs ?? 0));
    case 'added':
      return (a, b) => sign * (a.createdAtMs - b.createdAtMs);
  }
}
