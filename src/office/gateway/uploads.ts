import { isAppError } from '../../contract/errors.ts';
import {
  ENVELOPE_TYPE,
  type PartRequest,
  type UploadRequest,
  type UploadState,
} from '../contract/office-api.ts';
import { isOfficeError, OfficeError } from '../contract/office-errors.ts';
import type { OfficeUpload } from '../database/office-uploads.db.ts';
import { ENVELOPE_HEADER_BYTES, recipientCountIn } from '../sealing/envelope-layout.ts';
import { recordingKey } from '../store/object-keys.ts';
import type { S3Store, StoredPart, StoreUpload } from '../store/s3-store.ts';
import type { Principal } from './access-tokens.ts';
import { nowOf, type OfficeServices } from './office-services.ts';
import { assertRoomForUpload } from './quotas.ts';

/** Whoever sends a recording. */
type Sender = Pick<Principal, 'tenantId' | 'actor'>;

const URL_LIFETIME_S = 3600;
/** Requests that are told at once: a signature takes the gateway a third of a millisecond. */
const REQUESTS_AT_ONCE = 100;
/** What was uploaded will never be a recording. */
const NO_ENVELOPE = [
  'envelope.notOne',
  'envelope.newer',
  'envelope.otherObject',
  'envelope.damaged',
] as const;
/** What is not complete after so many days is given up. */
const OPEN_DAYS = 7;

/**
 * Recordings on their way into the store. Their bytes go there past the gateway; what it reads of them, once they are there, are the
 * 32 bytes that tell which object an envelope is.
 */
export class Uploads {
  readonly #services: OfficeServices;

  constructor(services: OfficeServices) {
    this.#services = services;
  }

  /**
   * Begins an upload, or goes on with it where the id is known; a file that has a job already needs none. Throws `upload.idTaken`,
   * `quota.openJobs`, `quota.bytesToday`, `quota.storedBytes`.
   */
  async begin(sender: Sender, request: UploadRequest, traceParent: string | null): Promise<UploadState> {
    const { uploads, tenants } = this.#services;
    const store = this.#store;
    const { tenantId } = sender;
    const known = this.#knownJob(tenantId, request.fingerprint);
    if (known !== null) return { state: 'complete', jobId: known };
    const begun = uploads.get(tenantId, request.id);
    if (begun !== null) {
      const isSame =
        begun.fingerprint === request.fingerprint &&
        JSON.stringify(begun.parts) === JSON.stringify(request.parts);
      if (!isSame) throw new OfficeError('upload.idTaken');
      return await this.#stateOf(begun);
    }
    assertRoomForUpload(tenants, tenantId, request.sizeBytes, this.#now());
    const atStore = await store.beginUpload(recordingKey(tenantId, request.id), ENVELOPE_TYPE);
    const upload: OfficeUpload = {
      id: request.id,
      tenantId,
      storeUploadId: atStore.uploadId,
      fingerprint: request.fingerprint,
      sizeBytes: request.sizeBytes,
      parts: request.parts,
      isComplete: false,
      createdAtMs: this.#now(),
      traceParent,
    };
    try {
      this.#add(upload, sender);
    } catch (error) {
      await store.abortUpload(atStore);
      throw error;
    }
    return await this.#open(upload, []);
  }

  /** How far an upload is. Throws `upload.notFound`, `upload.gone`. */
  async state(tenantId: string, id: string): Promise<UploadState> {
    return await this.#stateOf(this.#required(tenantId, id));
  }

  /**
   * Makes the job of an upload whose parts are all in the store, with the sizes and the SHA-256 that were declared, and
   * together are the envelope of this very object. Another job of the same file takes its place. Returns the job's id.
   * Throws `upload.notFound`, `upload.incomplete`, `upload.gone`, `envelope.notOne`, `envelope.newer`,
   * `envelope.otherObject`: what is no envelope is deleted.
   */
  async complete(sender: Sender, id: string): Promise<string> {
    const { uploads, jobs, commits, queue } = this.#services;
    const { tenantId } = sender;
    const upload = this.#required(tenantId, id);
    if (upload.isComplete) return id;
    await this.#makeObject(upload);
    try {
      await this.#assertIsAsDeclared(upload);
    } catch (error) {
      if (isOfficeError(error, ...NO_ENVELOPE)) await this.#drop(upload);
      throw error;
    }
    // Nothing is awaited between this look and the transaction.
    const known = this.#knownJob(tenantId, upload.fingerprint);
    if (known !== null && known !== id) {
      // Not before the job that takes its place is there for good.
      await commits.durable();
      await this.#drop(upload);
      return known;
    }
    const { traceParent } = upload;
    uploads.complete(id, () => {
      jobs.add({ id, tenantId, atMs: this.#now(), traceParent });
      this.#note('upload.completed', sender, id);
    });
    this.#services.watch.uploaded(upload);
    await queue.add(id);
    return id;
  }

  /** Gives up uploads that were begun a week ago and are not complete, with what the store has of them. */
  async sweep(): Promise<void> {
    const { store, uploads } = this.#services;
    for (const upload of uploads.openSince(this.#now() - OPEN_DAYS * 24 * 3600 * 1000)) {
      await store.abortUpload(atStore(upload));
      uploads.remove(upload.id);
    }
  }

  /** Somebody waits for the answer to a request. */
  get #store(): S3Store {
    return this.#services.store.hurried;
  }

  /** Adds the row of an upload, if the tenant may still send it. Throws `upload.idTaken` and those of quotas. */
  #add(upload: OfficeUpload, sender: Sender): void {
    const { transaction, tenants, uploads } = this.#services;
    transaction(() => {
      assertRoomForUpload(tenants, upload.tenantId, upload.sizeBytes, upload.createdAtMs);
      if (!uploads.add(upload)) throw new OfficeError('upload.idTaken');
      this.#note('upload.begun', sender, upload.id);
    });
  }

  #note(action: 'upload.begun' | 'upload.completed', { tenantId, actor }: Sender, subjectId: string): void {
    const atMs = this.#now();
    this.#services.audit.append({ tenantId, atMs, action, subjectId, detail: { actor } });
  }

  #required(tenantId: string, id: string): OfficeUpload {
    const upload = this.#services.uploads.get(tenantId, id);
    if (upload === null) throw new OfficeError('upload.notFound');
    return upload;
  }

  /** A job of the same file that has not failed and was not cancelled. */
  #knownJob(tenantId: string, fingerprint: string): string | null {
    const { uploads, jobs } = this.#services;
    const isOfUse = (id: string) => {
      try {
        const { state } = jobs.get(id);
        return state !== 'failed' && state !== 'cancelled';
      } catch (error) {
        if (isAppError(error, 'job.notFound')) return false;
        throw error;
      }
    };
    return uploads.jobsOf(tenantId, fingerprint).find(isOfUse) ?? null;
  }

  async #stateOf(upload: OfficeUpload): Promise<UploadState> {
    if (upload.isComplete) return { state: 'complete', jobId: upload.id };
    return await this.#open(upload, await this.#store.parts(atStore(upload)));
  }

  async #open(upload: OfficeUpload, stored: readonly StoredPart[]): Promise<UploadState> {
    const missing = missingParts(upload, stored);
    const requests: PartRequest[] = [];
    for (const number of missing.slice(0, REQUESTS_AT_ONCE)) {
      const part = upload.parts[number - 1];
      if (part === undefined) continue;
      const request = await this.#store.partRequest(atStore(upload), number, part, URL_LIFETIME_S);
      requests.push({ number, ...request });
    }
    return {
      state: 'open',
      id: upload.id,
      missingParts: missing.length,
      requests,
      expiresAtMs: this.#now() + URL_LIFETIME_S * 1000,
    };
  }

  async #makeObject(upload: OfficeUpload): Promise<void> {
    const store = this.#store;
    try {
      const stored = await store.parts(atStore(upload));
      if (missingParts(upload, stored).length > 0 || stored.length !== upload.parts.length) {
        throw new OfficeError('upload.incomplete');
      }
      // It has just answered; joining thousands of parts may take it longer than a hurried request waits.
      await this.#services.store.completeUpload(atStore(upload), stored);
    } catch (error) {
      // Gone because it was made an object just now or before a crash: then that is what counts.
      const isMade = isOfficeError(error, 'upload.gone') && (await store.head(keyOf(upload))) !== null;
      if (!isMade) throw error;
    }
  }

  async #assertIsAsDeclared(upload: OfficeUpload): Promise<void> {
    const { sizeBytes, type, bytes } = await this.#store.beginning(keyOf(upload), ENVELOPE_HEADER_BYTES);
    if (sizeBytes !== upload.sizeBytes || type !== ENVELOPE_TYPE) throw new OfficeError('envelope.notOne');
    recipientCountIn(bytes, { objectId: upload.id, kind: 'recording' });
  }

  async #drop(upload: OfficeUpload): Promise<void> {
    await this.#store.delete(keyOf(upload));
    this.#services.uploads.remove(upload.id);
  }

  #now(): number {
    return nowOf(this.#services);
  }
}

/** Numbers of the parts that are not in the store as they were declared. */
function missingParts(upload: OfficeUpload, stored: readonly StoredPart[]): number[] {
  const found = new Map(stored.map((part) => [part.number, part]));
  const numbers = upload.parts.map((_, index) => index + 1);
  return numbers.filter((number) => {
    const [declared, part] = [upload.parts[number - 1], found.get(number)];
    return part?.sha256 !== declared?.sha256 || part?.sizeBytes !== declared?.sizeBytes;
  });
}

function keyOf({ tenantId, id }: OfficeUpload): string {
  return recordingKey(tenantId, id);
}

function atStore(upload: OfficeUpload): StoreUpload {
  return { key: keyOf(upload), uploadId: upload.storeUploadId };
}
