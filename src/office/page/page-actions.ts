import { v7 as newId } from 'uuid';
import { OfficeClient } from '../client/office-client.ts';
import type { OfficeJobView } from '../contract/office-api.ts';
import { isOfficeError, OfficeError } from '../contract/office-errors.ts';
import type { OfficeKeys } from '../sealing/key-fingerprint.ts';
import { followJobs } from './follow-jobs.ts';
import { forgetOutbox } from './own/outbox.ts';
import type { OwnKeys, OwnRecording } from './own/own-database.ts';
import { problemOf } from './page-errors.ts';
import { keep } from './page-memory.ts';
import { AGREED, listChanged, ownDatabase, PAGE_ID, unfinishedJobs } from './page-own.ts';
import { usePage } from './page-store.ts';
import { pageText } from './page-texts.ts';
import { SendLane } from './sending/send-lane.ts';

/** Where the token is while the tab is open. */
export const TOKEN = 'token';

/** Waits before each further try of what somebody waits for; uploads are more patient. */
export const IMPATIENT_MS = [300, 1000, 3000];

/** What there is while somebody is signed in. */
interface Session {
  readonly client: OfficeClient;
  /** For uploads, which may wait longer. */
  readonly patient: OfficeClient;
  readonly wake: () => void;
  readonly end: AbortController;
}
let session: Session | null = null;
/** Outlives a session: what waits to be sealed is in this page's memory alone. */
let lane: SendLane | null = null;

/** The office's client of whoever is signed in. Throws where nobody is. */
export function officeClient(): OfficeClient {
  return signedIn().client;
}

/** Signs in with a token, which is kept until the tab is closed, and goes on with what is not sent yet. */
export async function signIn(token: string): Promise<void> {
  const { keys } = usePage.getState();
  if (keys === null) return;
  usePage.setState({ isSigningIn: true, signInProblem: null });
  const access = { gateway: location.origin, token };
  const client = new OfficeClient(access, IMPATIENT_MS);
  try {
    usePage.setState({ officeKeys: await keysOf(client) });
  } catch (error) {
    usePage.setState({ isSigningIn: false, signInProblem: problemOf(error) });
    return;
  }
  keep(TOKEN, token, sessionStorage);
  const end = new AbortController();
  lane ??= makeLane(keys);
  const parts = { client, unfinished: unfinishedJobs, onJob, onGone, onProblem };
  const { wake } = followJobs(parts, end.signal);
  session = { client, patient: new OfficeClient(access), wake, end };
  addEventListener('online', goOn, { signal: end.signal });
  usePage.setState({ isSigningIn: false, isSignedIn: true, problem: null });
  lane.goOn();
  goOn();
}

/** Forgets the token; keys and list stay, and what waits to be sent. */
export function signOut(problem: ReturnType<typeof problemOf> | null = null): void {
  lane?.hold();
  session?.end.abort();
  session = null;
  keep(TOKEN, null, sessionStorage);
  usePage.setState({ isSignedIn: false, signInProblem: problem, progress: new Map(), problem: null });
}

/** Seals all that waits to be sealed, so that nothing is lost when the page is left for a moment. */
export async function sealAll(): Promise<void> {
  const { officeKeys } = usePage.getState();
  if (officeKeys !== null) await lane?.sealAll(officeKeys);
}

/** What is said before the first upload was read. */
export function agree(): void {
  const { keys } = usePage.getState();
  if (keys === null) return;
  keep(AGREED, String(keys.madeAtMs));
  usePage.setState({ isAgreed: true });
}

/** Adds recordings to the list, and sends them. */
export async function addFiles(files: readonly File[], language: string): Promise<void> {
  const full = files.filter(({ size }) => size > 0);
  const empty = files.find(({ size }) => size === 0);
  usePage.setState({ notice: empty === undefined ? null : pageText('emptyFile', { name: empty.name }) });
  const added = full.map((file): [OwnRecording, File] => [
    {
      ...{ id: newId(), name: file.name, sizeBytes: file.size, language, addedAtMs: Date.now() },
      ...{ pageId: PAGE_ID, stage: 'added', plan: null, jobId: null, problem: null },
    },
    file,
  ]);
  for (const [recording] of added) await ownDatabase().put(recording);
  await listChanged();
  if (added.length > 0) usePage.setState({ announcement: pageText('added', { count: added.length }) });
  for (const [recording, file] of added) lane?.send(recording, file);
}

/** Stops sending a recording, or cancels its job. */
export async function cancel(recording: OwnRecording): Promise<void> {
  if (recording.jobId !== null) return await command(recording.jobId, 'cancel');
  await lane?.stop(recording.id);
  await remove(recording);
}

/** Goes on with an upload, or asks the office to try a job again. */
export async function tryAgain(recording: OwnRecording): Promise<void> {
  if (recording.jobId !== null) return await command(recording.jobId, 'retry');
  await send(recording);
}

/** Lets a paused job go on. */
export async function resume(recording: OwnRecording): Promise<void> {
  if (recording.jobId !== null) await command(recording.jobId, 'resume');
}

/** Takes a recording from the list; nothing happens to it at the office. */
export async function remove(recording: OwnRecording): Promise<void> {
  await ownDatabase().remove(recording.id);
  await listChanged();
}

/** Deletes this browser's keys, list and sealed recordings, and begins anew. */
export async function forgetAll(): Promise<void> {
  signOut();
  lane = null;
  keep(AGREED, null);
  await forgetOutbox();
  await ownDatabase().forget();
  location.reload();
}

/** Whether closing the page would lose a recording that is not sealed yet. */
export function wouldLoseFiles(): boolean {
  return lane?.holdsFiles ?? false;
}

function signedIn(): Session {
  if (session === null) throw new Error('nobody is signed in');
  return session;
}

function makeLane(keys: OwnKeys): SendLane {
  return new SendLane({
    client: () => sessionOfLane().patient,
    database: ownDatabase(),
    keys,
    officeKeys: async () => {
      const officeKeys = await keysOf(sessionOfLane().client);
      usePage.setState({ officeKeys });
      return officeKeys;
    },
    onChange: (recording) => void recordingChanged(recording),
    onProgress: (id, progress) => {
      const all = new Map(usePage.getState().progress);
      if (progress === null) all.delete(id);
      else all.set(id, progress);
      usePage.setState({ progress: all });
    },
    onKnown: (recording, jobId) => void mergeKnown(recording, jobId),
    onRefused: () => {
      if (session !== null) signOut('token.refused');
    },
  });
}

/** The lane stands still where nobody is signed in, as where a token is refused. */
function sessionOfLane(): Session {
  if (session === null) throw new OfficeError('token.refused');
  return session;
}

async function keysOf(client: OfficeClient): Promise<OfficeKeys> {
  const { workers, vault } = await client.keys();
  return { workers: workers.map(bytesOf), vault: vault === null ? null : bytesOf(vault) };
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Sends what is sealed, and what stopped although it can go on. */
function goOn(): void {
  for (const recording of usePage.getState().recordings) {
    const isSealed =
      recording.plan !== null && (recording.stage === 'sealed' || recording.stage === 'stopped');
    if (isSealed) void send(recording);
  }
}

async function send(recording: OwnRecording): Promise<void> {
  if (lane === null || lane.has(recording.id)) return;
  await ownDatabase().put({ ...recording, stage: 'sealed', problem: null });
  await listChanged();
  lane.send(recording);
}

async function command(jobId: string, asked: 'cancel' | 'retry' | 'resume'): Promise<void> {
  const { client, wake } = signedIn();
  try {
    onJob(await client.command(jobId, asked));
    usePage.setState({ problem: null });
  } catch (error) {
    onProblem(error);
  }
  wake();
}

async function recordingChanged(recording: OwnRecording): Promise<void> {
  await listChanged();
  if (recording.stage === 'sent') session?.wake();
}

/** The same file is in the list once. */
async function mergeKnown(recording: OwnRecording, jobId: string): Promise<void> {
  const other = usePage
    .getState()
    .recordings.find(({ id, jobId: known }) => known === jobId && id !== recording.id);
  if (other === undefined) return;
  await remove(recording);
  usePage.setState({ notice: pageText('addedAlready', { name: recording.name, other: other.name }) });
}

function onJob(job: OfficeJobView): void {
  const { jobs, recordings } = usePage.getState();
  const before = jobs.get(job.id)?.state;
  usePage.setState({ jobs: new Map(jobs).set(job.id, job) });
  const name = recordings.find(({ jobId }) => jobId === job.id)?.name;
  const isNews = before !== undefined && before !== job.state && name !== undefined;
  if (isNews && job.state === 'done')
    usePage.setState({ announcement: pageText('doneAnnouncement', { name }) });
  if (isNews && job.state === 'failed')
    usePage.setState({ announcement: pageText('failedAnnouncement', { name }) });
}

function onGone(id: string): void {
  usePage.setState(({ gone }) => ({ gone: new Set(gone).add(id) }));
}

function onProblem(error: unknown): void {
  const hadProblem = usePage.getState().problem !== null;
  if (isOfficeError(error, 'token.refused')) signOut('token.refused');
  else usePage.setState({ problem: error === null ? null : problemOf(error) });
  if (error === null && hadProblem) goOn();
}
