import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { v7 as newId } from 'uuid';
import { VisibleList, visibleRecordings } from '../renderer/features/library/visible-recordings.ts';
import { queuePlace, takeLibrary, takeLibraryChange, useLibrary } from '../renderer/stores/library.ts';
import { NEWEST_FIRST } from '../renderer/stores/list-views.ts';
import { EventStream } from '../src/app/event-stream.ts';
import { PATIENT } from '../src/app/jobs/retry-policy.ts';
import { Models } from '../src/app/models/models.ts';
import { openVaultApp } from '../src/app/open-app.ts';
import { Library } from '../src/app/recordings/library.ts';
import { Arrivals } from '../src/app/transcripts/arrivals.ts';
import { type EventSink, isForwarded, type JobProgress } from '../src/contract/events.ts';
import type { AppEvent } from '../src/contract/ipc.ts';
import type { RecordingView } from '../src/contract/views.ts';
import { noting } from '../src/core/diagnostics/core-event-facts.ts';
import { Vault } from '../src/core/vault/vault.ts';
import type { Report } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { median, percentile } from './statistics.ts';
import { fillVault, LISTED_OPTIONS } from './testing/filled-vault.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

const FEW = 100;
const MANY = 10_000;

/** Target cost of one event of a running job in main, in milliseconds. */
const TARGET_MS = 2;

const PROGRESS_EVENTS = 400;
const CHANGED_ROWS = 25;
/** The CPU clock is too coarse for one: so many are measured together. */
const PAGE_BATCH = 50;
const PAGE_BATCHES = 4;
/** Rows that are sorted together. */
const SORTED_ROWS = 50_000;

/** Milliseconds per event of a kind: busy time of main's event loop, or CPU time of the page. */
interface Costs {
  readonly progress: number[];
  readonly row: number[];
  readonly page: number[];
  readonly sortedAnew: number[];
}

/** The application over a vault of so many recordings, without an engine; events say that the first is transcribed. */
interface OpenLibrary extends AsyncDisposable {
  readonly jobId: string;
  readonly recordingId: string;
  readonly library: Library;
  readonly stream: EventStream;
  /** The sink of the core's events, as in the app. */
  readonly emit: EventSink;
  /** Resolves at the next event of this type for the window. */
  next(type: AppEvent['type']): Promise<void>;
}

/**
 * The cost of a running job's event in the main process, and of a changed row in the page, with many recordings and
 * with few, alternating.
 */
export async function benchRows(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  const costs = new Map<number, Costs>();
  const sizes = [FEW, MANY];
  for (const size of sizes) costs.set(size, { progress: [], row: [], page: [], sortedAnew: [] });
  await using few = await openLibrary(folder, FEW);
  await using many = await openLibrary(folder, MANY);
  for (let round = 1; round <= settings.rounds; round += 1) {
    for (const size of sizes) {
      settings.tell(`${size} recordings, round ${round}`);
      const open = size === FEW ? few : many;
      const into = costs.get(size) as Costs;
      into.progress.push(...measureProgress(open));
      into.row.push(...(await measureRows(open)));
      measurePage(await open.library.list(), into);
    }
  }
  return reportOf(costs);
}

function measureProgress({ emit, stream, jobId }: OpenLibrary): number[] {
  const spent: number[] = [];
  for (let index = 0; index < PROGRESS_EVENTS; index += 1) {
    const before = busyMs();
    emit({ type: 'jobProgress', jobId, progress: progressAt(index) });
    // The app sends at most ten a second; here each one is sent.
    stream.flush();
    spent.push(busyMs() - before);
  }
  return spent;
}

async function measureRows({ library, recordingId, next }: OpenLibrary): Promise<number[]> {
  const spent: number[] = [];
  for (let index = 0; index < CHANGED_ROWS; index += 1) {
    const told = next('libraryChanged');
    const before = busyMs();
    library.touch([recordingId]);
    await told;
    spent.push(busyMs() - before);
  }
  return spent;
}

/** The page's stores and list, without rendering. */
function measurePage(views: readonly RecordingView[], { page, sortedAnew }: Costs): void {
  takeLibrary(views);
  const choice = {
    scope: { kind: 'all' },
    filter: 'all',
    sorting: { ...NEWEST_FIRST, key: 'name' },
    matterNames: new Map<string, string>(),
  } as const;
  const list = new VisibleList();
  list.take(useLibrary.getState().recordings, choice);
  let placeMs = 0;
  const change = () => {
    placeMs += 1;
    const view = views[(placeMs * 37) % views.length] as RecordingView;
    takeLibraryChange([{ ...view, placeMs }], []);
    const { recordings } = useLibrary.getState();
    list.take(recordings, choice);
    queuePlace(recordings, placeMs);
  };
  const sort = () => void visibleRecordings(useLibrary.getState().recordings.values(), choice);
  for (let batch = 0; batch < PAGE_BATCHES; batch += 1) {
    page.push(eachMs(PAGE_BATCH, change));
    sortedAnew.push(eachMs(SORTED_ROWS / views.length, sort));
  }
}

async function openLibrary(folder: WorkFolder, size: number): Promise<OpenLibrary> {
  const parent = join(folder.path, `vault-${size}`);
  mkdirSync(parent);
  const vault = await Vault.createEphemeral(parent);
  const recordingId = fillVault(vault, size);
  const app = await openVaultApp({
    vault,
    models: new Models(),
    launchEngine: () => {
      throw new Error('nothing is transcribed here');
    },
    emit: () => undefined,
    retryPolicy: PATIENT,
    language: () => 'en',
    numbersLocale: () => 'en',
    documentsFolder: parent,
  });
  const waiting = new Map<AppEvent['type'], () => void>();
  const stream = new EventStream((numbered) => {
    // Electron copies IPC messages by the same algorithm.
    structuredClone(numbered);
    waiting.get(numbered.event.type)?.();
  });
  const tell = (event: AppEvent) => stream.emit(event);
  const library = new Library(app.services.database, tell);
  const arrivals = new Arrivals(app.services.database, tell);
  const emit = noting((event) => {
    if (isForwarded(event)) tell({ type: 'core', event });
    library.take(event);
    arrivals.take(event);
  });
  const jobId = newId();
  const { database } = app.services;
  await database.jobs.add({
    id: jobId,
    recordingId,
    options: LISTED_OPTIONS,
    delivery: null,
    createdAtMs: Date.now(),
  });
  await database.jobs.begin({ jobId, attemptId: newId(), atMs: Date.now() });
  const next = (type: AppEvent['type']) => new Promise<void>((resolve) => void waiting.set(type, resolve));
  const begun = next('libraryChanged');
  emit({ type: 'jobStarted', jobId, recordingId, attempt: 1, resumed: false });
  await begun;
  return {
    jobId,
    recordingId,
    library,
    stream,
    emit,
    next,
    async [Symbol.asyncDispose]() {
      library.close();
      stream.forget();
      await app.close();
    },
  };
}

function progressAt(index: number): JobProgress {
  return {
    stage: 'transcribe',
    transcribedMs: index * 1000,
    durationMs: 3_600_000,
    percent: (100 * index) / PROGRESS_EVENTS,
    speed: 12,
    readyAtMs: Date.now() + 60_000,
  };
}

/** This thread's CPU time per call, in milliseconds. */
function eachMs(count: number, one: () => void): number {
  const before = process.threadCpuUsage();
  for (let index = 0; index < count; index += 1) one();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000 / count;
}

/** Active time of this thread's event loop in ms: waiting for timers and for the database's thread does not count. */
function busyMs(): number {
  return performance.eventLoopUtilization().active;
}

function reportOf(costs: ReadonlyMap<number, Costs>): Report {
  const few = costs.get(FEW) as Costs;
  const many = costs.get(MANY) as Costs;
  const row = (what: string, key: keyof Costs) => [
    what,
    ...[few, many].flatMap((of) => [median(of[key]), percentile(of[key], 95)].map(figure)),
    (median(many[key]) / median(few[key])).toFixed(1),
  ];
  const claim = (what: string, key: 'progress' | 'row') => {
    const p95 = percentile(many[key], 95);
    return { what, target: `under ${TARGET_MS} ms`, measured: `${figure(p95)} ms`, isKept: p95 < TARGET_MS };
  };
  const [head, size] = [['median', 'p95'], MANY.toLocaleString('en')];
  return {
    title: `Events of a running job with ${size} recordings in the vault`,
    tables: [
      {
        title: 'Milliseconds for one event',
        header: [
          '',
          ...head.map((one) => `${FEW}: ${one}`),
          ...head.map((one) => `${size}: ${one}`),
          'ratio',
        ],
        rows: [
          row('main: a progress event', 'progress'),
          row('main: a changed row', 'row'),
          row('page: a changed row, list sorted by name', 'page'),
          row('page: the same list sorted anew', 'sortedAnew'),
        ],
      },
    ],
    notes: [
      'Main is the application in this process; the database has a thread of its own, as in the app, and does not count.',
      'Each event goes out by itself, copied as it is for the window; in the app at most ten a second do.',
      "Main's time is that in which its event loop is not idle, so what other programs take meanwhile counts as well.",
      "The page's time is the processor time of its stores and its list without drawing, the mean of many in a row.",
    ],
    claims: [
      claim(`a progress event with ${size} recordings, main, p95`, 'progress'),
      claim(`a changed row with ${size} recordings, main, p95`, 'row'),
    ],
  };
}

function figure(ms: number): string {
  return ms.toFixed(ms < 1 ? 3 : 1);
}
