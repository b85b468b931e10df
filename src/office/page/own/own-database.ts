import type { UploadRequest } from '../../contract/office-api.ts';
import type { PageErrorCode } from '../page-errors.ts';
import { makeWebKeys, type WebKeys } from '../sealing/web-keys.ts';

/** How far a recording is on its way to the office, as this browser knows. What becomes of it there its job tells. */
export type Stage =
  /** Its file is in the memory of one page: it is to be sealed. */
  | 'added'
  /** It lies sealed in this browser's own storage until the store has it. */
  | 'sealed'
  /** The office has it. */
  | 'sent'
  /** Something went wrong on the way, or the page was closed before it was sealed. */
  | 'stopped';

/** A recording that was added in this browser. Its name is kept here and within the sealed recording, nowhere else. */
export interface OwnRecording {
  /** A UUID: of the upload, and of the object that its envelope says to be. */
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly language: string;
  readonly addedAtMs: number;
  /** Which page has its file while it is not sealed. */
  readonly pageId: string;
  readonly stage: Stage;
  /** What is declared to the gateway, once it is sealed. */
  readonly plan: UploadRequest | null;
  /** Its job, once it is sent; of an earlier upload where the file was sent before. */
  readonly jobId: string | null;
  readonly problem: PageErrorCode | null;
}

/** What this browser opens results with, and tells by whether a file is the same. Neither key can be exported. */
export interface OwnKeys extends WebKeys {
  /** HMAC-SHA-256 of a recording's SHA-256 under it is what the office knows a file by. */
  readonly fingerprintKey: CryptoKey;
  /** When they were made, which is when the user first opened the page. */
  readonly madeAtMs: number;
}

const NAME = 'voicesync-office';
const VERSION = 1;
const KEYS = 'keys';
const RECORDINGS = 'recordings';
const SECRET_BYTES = 32;
/** The one entry of `keys`. */
const OWN = 'own';

/** What this browser keeps: its keys, and the list of its recordings. */
export class OwnDatabase {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  /** Rejects where the browser keeps nothing for this page. */
  static async open(): Promise<OwnDatabase> {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(KEYS);
      request.result.createObjectStore(RECORDINGS, { keyPath: 'id' });
    };
    return new OwnDatabase(await answerOf(request));
  }

  /** This browser's keys, made at the first call. Where two pages make them at once, those that were stored first count. */
  async keys(): Promise<OwnKeys> {
    const known = await this.#get<OwnKeys>(KEYS, OWN);
    if (known !== undefined) return known;
    const made: OwnKeys = {
      ...(await makeWebKeys()),
      fingerprintKey: await makeFingerprintKey(),
      madeAtMs: Date.now(),
    };
    const store = this.#database.transaction(KEYS, 'readwrite').objectStore(KEYS);
    const first = (await answerOf(store.get(OWN))) as OwnKeys | undefined;
    if (first !== undefined) return first;
    await answerOf(store.add(made, OWN));
    return made;
  }

  /** Every recording, in the order in which they were added. */
  async recordings(): Promise<OwnRecording[]> {
    const all = this.#database.transaction(RECORDINGS).objectStore(RECORDINGS).getAll();
    const recordings = (await answerOf(all)) as OwnRecording[];
    return recordings.sort((a, b) => a.addedAtMs - b.addedAtMs || (a.id < b.id ? -1 : 1));
  }

  async recording(id: string): Promise<OwnRecording | undefined> {
    return await this.#get<OwnRecording>(RECORDINGS, id);
  }

  async put(recording: OwnRecording): Promise<void> {
    await answerOf(
      this.#database.transaction(RECORDINGS, 'readwrite').objectStore(RECORDINGS).put(recording),
    );
  }

  async remove(id: string): Promise<void> {
    await answerOf(this.#database.transaction(RECORDINGS, 'readwrite').objectStore(RECORDINGS).delete(id));
  }

  /** Deletes keys and list: results that were not saved can be opened by nobody here any more. */
  async forget(): Promise<void> {
    this.#database.close();
    await answerOf(indexedDB.deleteDatabase(NAME));
  }

  async #get<T>(store: string, key: string): Promise<T | undefined> {
    return (await answerOf(this.#database.transaction(store).objectStore(store).get(key))) as T | undefined;
  }
}

async function makeFingerprintKey(): Promise<CryptoKey> {
  const secret = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
