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
  readonly client: OfficeClient;
  readonly database: OwnDatabase;
  readonly keys: OwnKeys;
  /** For whom is sealed; asked for anew for each recording, as keys change. */
  readonly officeKeys: () => Promise<OfficeKeys>;
  readonly onChange: (recording: OwnRecording) => void;
  readonly onProgress: (id: string, progress: SendingProgress | null) => void;
  /** The file is known here already: as the job of this other recording of the list. */
  readonly onKnown: (recording: OwnRecording, jobId: string) => void;
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
      for (let id = this.#waiting.shift(); id !== undefined; id = this.#waiting.shift()) {
        const next = id;
        await navigator.locks.request(LOCK, () => this.#sendOne(next));
      }
    } finally {
      this.#isBusy = false;
    }
  }

  async #sendOne(id: string): Promise<void> {
    const { database, onChange, onProgress } = this.#parts;
    const signal = this.#stops.get(id)?.signal;
    let recording = await database.recording(id);
    if (recording === undefined || signal === undefined || recording.stage === 'sent') return;
    try {
      if (recording.plan === null) recording = await this.#sealed(recording, signal);
      await this.#uploaded(recording, signal);
    } catch (error) {
      if (signal.aborted) return void (await forgetParts(id));
      const problem = error instanceof SealingError ? error.problem : problemOf(error);
      const isLost = isOfficeError(error, ...GIVEN_UP) || problem === 'sealedLost';
      if (isLost || recording.plan === null) await forgetParts(id);
      await this.#store({ ...recording, stage: 'stopped', problem, plan: isLost ? null : recording.plan });
    } finally {
      onProgress(id, null);
      this.#files.delete(id);
      this.#stops.delete(id);
      const now = await database.recording(id);
      if (now !== undefined) onChange(now);
    }
  }

  async #sealed(recording: OwnRecording, signal: AbortSignal): Promise<OwnRecording> {
    const { id, name, language } = recording;
    const { keys, officeKeys, onProgress } = this.#parts;
    const file = this.#files.get(id);
    if (file === undefined) throw new SealingError('closedBeforeSealed');
    onProgress(id, { step: 'sealing', share: 0 });
    const office = await officeKeys();
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
    const { client, onProgress, onKnown } = this.#parts;
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
