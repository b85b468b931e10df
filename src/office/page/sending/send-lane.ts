import type { OfficeClient } from '../../client/office-client.ts';
import { putParts } from '../../client/put-parts.ts';
import { isOfficeError } from '../../contract/office-errors.ts';
import { type OfficeKeys, recordingRecipients, resultRecipients } from '../../sealing/key-fingerprint.ts';
import { forgetParts, keptPart } from '../own/outbox.ts';
import type { OwnDatabase, OwnKeys, OwnRecording } from '../own/own-database.ts';
import { problemOf } from '../page-errors.ts';
import { SealingError, sealInThread } from './seal-in-thread.ts';

/** How far a recording is on its way, from 0 to 1. */
export interface SendingProgress {
  readonly step: 'sealing' | 'uploading';
  readonly share: number;
}

/** What the lane needs, and whom it tells. */
export interface SendLaneParts {
  /** The client of whoever is signed in, asked for before each recording. */
  readonly client: () => OfficeClient;
  readonly database: OwnDatabase;
  readonly keys: OwnKeys;
  /** For whom is sealed; asked for anew for each recording, as keys change. */
  readonly officeKeys: () => Promise<OfficeKeys>;
  readonly onChange: (recording: OwnRecording) => void;
  readonly onProgress: (id: string, progress: SendingProgress | null) => void;
  /** The file is known here already: as the job of this other recording of the list. */
  readonly onKnown: (recording: OwnRecording, jobId: string) => void;
  /** The office does not accept the token any more: the lane stands still until `goOn`, and loses nothing. */
  readonly onRefused: () => void;
}

/** One page of this browser sends at a time. */
const LOCK = 'voicesync-office-sending';

/** Nothing to go on with at the office: the file has to be added anew. */
const GIVEN_UP = ['upload.gone', 'upload.notFound', 'upload.idTaken'] as const;

/**
 * Seals and uploads recordings one after the other: so no more than one lies sealed in the browser's storage beside those that an
 * earlier page left there. Each step is stored before the next begins, so that a page that is opened again goes on.
 */
export class SendLane {
  readonly #parts: SendLaneParts;
  readonly #files = new Map<string, File>();
  readonly #stops = new Map<string, AbortController>();
  readonly #waiting: string[] = [];
  #isBusy = false;
  #isHeld = false;
  #sealing: Promise<unknown> | null = null;

  constructor(parts: SendLaneParts) {
    this.#parts = parts;
  }

  /** Sends a recording, whose file is given unless it is sealed already. */
  send(recording: OwnRecording, file?: File): void {
    if (file !== undefined) this.#files.set(recording.id, file);
    this.#stops.set(recording.id, new AbortController());
    this.#waiting.push(recording.id);
    void this.#run();
  }

  /** Begins with no further recording. */
  hold(): void {
    this.#isHeld = true;
  }

  /** Goes on after `hold`, or after the token was refused. */
  goOn(): void {
    this.#isHeld = false;
    void this.#run();
  }

  /** Seals all that waits with its file, for keys that the office told before, so that the page can be left. */
  async sealAll(office: OfficeKeys): Promise<void> {
    this.hold();
    await this.#sealing?.catch(() => undefined);
    for (const id of [...this.#files.keys()]) {
      const [recording, signal] = [await this.#parts.database.recording(id), this.#stops.get(id)?.signal];
      if (recording === undefined || signal === undefined) continue;
      try {
        await this.#sealed(recording, signal, office);
      } catch (error) {
        if (!signal.aborted) await this.#stopped(recording, error);
      } finally {
        this.#parts.onProgress(id, null);
        this.#files.delete(id);
      }
    }
  }

  /** Whether a recording would be lost with this page: its file is not sealed yet. */
  get holdsFiles(): boolean {
    return this.#files.size > 0;
  }

  /** Whether a recording waits or is worked on here. */
  has(id: string): boolean {
    return this.#stops.has(id);
  }

  /** Stops sending a recording and forgets what is kept of it. What the store has of it the office gives up after a week. */
  async stop(id: string): Promise<void> {
    this.#stops.get(id)?.abort(new DOMException('stopped', 'AbortError'));
    this.#stops.delete(id);
    this.#files.delete(id);
    await forgetParts(id);
  }

  async #run(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      while (!this.#isHeld) {
        const next = this.#waiting.shift();
        if (next === undefined) break;
        await navigator.locks.request(LOCK, () => this.#sendOne(next));
      }
    } finally {
      this.#isBusy = false;
    }
  }

  async #sendOne(id: string): Promise<void> {
    const { database, onChange, onProgress } = this.#parts;
    const signal = this.#stops.get(id)?.signal;
    if (this.#isHeld) return void this.#waiting.unshift(id);
    let recording = await database.recording(id);
    if (recording === undefined || signal === undefined || recording.stage === 'sent') return;
    let isPutBack = false;
    try {
      if (recording.plan === null) {
        const sealing = this.#sealed(recording, signal);
        this.#sealing = sealing;
        recording = await sealing;
      }
      await this.#uploaded(recording, signal);
    } catch (error) {
      if (signal.aborted) return void (await forgetParts(id));
      isPutBack = isOfficeError(error, 'token.refused');
      if (isPutBack) {
        this.hold();
        this.#waiting.unshift(id);
        this.#parts.onRefused();
      } else await this.#stopped(recording, error);
    } finally {
      onProgress(id, null);
      if (!isPutBack) {
        this.#files.delete(id);
        this.#stops.delete(id);
      }
      const now = await database.recording(id);
      if (now !== undefined) onChange(now);
    }
  }

  async #stopped(recording: OwnRecording, error: unknown): Promise<void> {
    const problem = error instanceof SealingError ? error.problem : problemOf(error);
    const isLost = isOfficeError(error, ...GIVEN_UP) || problem === 'sealedLost';
    if (isLost || recording.plan === null) await forgetParts(recording.id);
    await this.#store({ ...recording, stage: 'stopped', problem, plan: isLost ? null : recording.plan });
  }

  async #sealed(recording: OwnRecording, signal: AbortSignal, known?: OfficeKeys): Promise<OwnRecording> {
    const { id, name, language } = recording;
    const { keys, officeKeys, onProgress } = this.#parts;
    const file = this.#files.get(id);
    if (file === undefined) throw new SealingError('closedBeforeSealed');
    onProgress(id, { step: 'sealing', share: 0 });
    const office = known ?? (await officeKeys());
    const recipients = resultRecipients(keys.publicKey, office);
    const plan = await sealInThread(
      {
        id,
        file,
        manifest: { format: 2, name, language, recipients: recipients.map(base64) },
        recipients: recordingRecipients(office).map((key) => new Uint8Array(key)),
        fingerprintKey: keys.fingerprintKey,
      },
      (share) => onProgress(id, { step: 'sealing', share }),
      signal,
    );
    signal.throwIfAborted();
    const sealed: OwnRecording = { ...recording, stage: 'sealed', plan };
    await this.#store(sealed);
    this.#files.delete(id);
    return sealed;
  }

  async #uploaded(recording: OwnRecording, signal: AbortSignal): Promise<void> {
    const { id, plan } = recording;
    if (plan === null) throw new SealingError('sealedLost');
    const { onProgress, onKnown } = this.#parts;
    const client = this.#parts.client();
    const tell = (stored: number) => onProgress(id, { step: 'uploading', share: stored / plan.parts.length });
    tell(0);
    const partAt = async (number: number) => {
      signal.throwIfAborted();
      return await keptPart(id, number);
    };
    const jobId = await putParts(client, plan, partAt, tell);
    // Stopped while the last part was on its way: nobody waits for its text.
    if (signal.aborted && jobId === id) await client.command(jobId, 'cancel');
    signal.throwIfAborted();
    await forgetParts(id);
    await this.#store({ ...recording, stage: 'sent', jobId, plan: null });
    if (jobId !== id) onKnown(recording, jobId);
  }

  async #store(recording: OwnRecording): Promise<void> {
    await this.#parts.database.put(recording);
    this.#parts.onChange(recording);
  }
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
