import { isFinal } from '../../contract/job-states.ts';
import { forgetParts } from './own/outbox.ts';
import { OwnDatabase, type OwnRecording } from './own/own-database.ts';
import { kept } from './page-memory.ts';
import { usePage } from './page-store.ts';

/** Which keys the notice before the first upload was read for: others are new ones, made after a loss. */
export const AGREED = 'agreed';

/** This page among those that are open in the browser. Each holds a lock of its name while it lives. */
export const PAGE_ID = crypto.randomUUID();
const lockOf = (pageId: string) => `voicesync-office-page-${pageId}`;

const others = new BroadcastChannel('voicesync-office');
let database: OwnDatabase | null = null;

/** What this browser keeps. Throws before it is open. */
export function ownDatabase(): OwnDatabase {
  if (database === null) throw new Error('what this browser keeps is not open');
  return database;
}

/** Opens what this browser keeps, and shows it. Rejects where it keeps nothing. */
export async function openOwn(): Promise<void> {
  database = await OwnDatabase.open();
  // Held until the page is gone.
  void navigator.locks.request(lockOf(PAGE_ID), () => new Promise<never>(() => undefined));
  const keys = await database.keys();
  usePage.setState({ keys, isAgreed: kept(AGREED) === String(keys.madeAtMs) });
  await stopWhatIsLost(database);
  await showRecordings();
  others.addEventListener('message', () => void showRecordings());
  // The browser is asked not to delete it when room is short; it may refuse.
  void navigator.storage.persist?.();
}

/** Shows the list as it is stored. */
export async function showRecordings(): Promise<void> {
  usePage.setState({ recordings: await ownDatabase().recordings() });
}

/** Tells this page and the browser's others that the list has changed. */
export async function listChanged(): Promise<void> {
  others.postMessage('changed');
  await showRecordings();
}

/** Ids of jobs that may change by themselves: of recordings that are sent. */
export function unfinishedJobs(): string[] {
  const { recordings, jobs, gone } = usePage.getState();
  return recordings.flatMap(({ jobId }) => {
    if (jobId === null || gone.has(jobId)) return [];
    const job = jobs.get(jobId);
    return job !== undefined && isFinal(job.state) ? [] : [jobId];
  });
}

/** Recordings whose page is gone before they were sealed: their files are in nobody's memory. */
async function stopWhatIsLost(own: OwnDatabase): Promise<void> {
  const { held = [] } = await navigator.locks.query();
  const names = new Set(held.map(({ name }) => name));
  const isLost = ({ stage, pageId }: OwnRecording) => stage === 'added' && !names.has(lockOf(pageId));
  for (const recording of (await own.recordings()).filter(isLost)) {
    await forgetParts(recording.id);
    await own.put({ ...recording, stage: 'stopped', problem: 'closedBeforeSealed' });
  }
}
