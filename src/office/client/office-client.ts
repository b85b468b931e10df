import type { z } from '../../contract/schema.ts';
import {
  CompletedUpload,
  OfficeJobView,
  type PartRequest,
  ResultRequest,
  type UploadRequest,
  UploadState,
} from '../contract/office-api.ts';
import {
  isOfficeError,
  OfficeError,
  type OfficeErrorCode,
  OfficeFailure,
  statusOf,
} from '../contract/office-errors.ts';
import { patiently } from '../store/patiently.ts';

/** What a client needs to know of its office. */
export interface OfficeAccess {
  /** Where the gateway is: `https://office.example`. */
  readonly gateway: string;
  readonly token: string;
}

/** Asks the gateway, and puts parts into the store. What cannot be reached is asked again after growing delays. */
export class OfficeClient {
  readonly #access: OfficeAccess;
  readonly #delaysMs: readonly number[] | undefined;

  /** `delaysMs` are the waits before each further try. */
  constructor(access: OfficeAccess, delaysMs?: readonly number[]) {
    this.#access = access;
    this.#delaysMs = delaysMs;
  }

  /** Throws the gateway's `OfficeError`s, as all methods do; `gateway.unavailable` and `store.unavailable` where one cannot be reached. */
  async beginUpload(request: UploadRequest): Promise<UploadState> {
    return await this.#ask(UploadState, 'POST', '/v1/uploads', request);
  }

  async uploadState(id: string): Promise<UploadState> {
    return await this.#ask(UploadState, 'GET', `/v1/uploads/${id}`);
  }

  async completeUpload(id: string): Promise<string> {
    return (await this.#ask(CompletedUpload, 'POST', `/v1/uploads/${id}/complete`)).jobId;
  }

  async job(id: string): Promise<OfficeJobView> {
    return await this.#ask(OfficeJobView, 'GET', `/v1/jobs/${id}`);
  }

  /** Pauses, resumes, cancels or tries a job again; returns how it is then. */
  async command(id: string, command: 'pause' | 'resume' | 'cancel' | 'retry'): Promise<OfficeJobView> {
    return await this.#ask(OfficeJobView, 'POST', `/v1/jobs/${id}/${command}`);
  }

  /** Puts a part straight into the store; false where the request has expired or is refused, and another is to be asked for. */
  async putPart({ url, headers }: PartRequest, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const answer = await this.#fromStore(url, { method: 'PUT', headers, body: bytes });
    await answer.body?.cancel();
    return answer.ok;
  }

  /** The sealed result of a finished job, straight from the store. */
  async result(id: string): Promise<AsyncIterable<Uint8Array>> {
    const { url } = await this.#ask(ResultRequest, 'GET', `/v1/jobs/${id}/result`);
    const answer = await this.#fromStore(url, {});
    if (!answer.ok || answer.body === null) throw new OfficeError('object.gone');
    return answer.body;
  }

  async #ask<T extends z.ZodType>(
    answerSchema: T,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<z.output<T>> {
    const url = new URL(path, this.#access.gateway).href;
    const headers = {
      authorization: `Bearer ${this.#access.token}`,
      ...(body && { 'content-type': 'application/json' }),
    };
    const request = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const attempt = async () => {
      const answer = await reached(url, request, 'gateway.unavailable');
      if (answer.ok) return answerSchema.parse(await answer.json());
      // What stands before the gateway may answer in its place.
      const failure = OfficeFailure.safeParse(await answer.json().catch(() => null));
      throw new OfficeError(failure.success ? failure.data.code : 'gateway.unavailable');
    };
    return await patiently(attempt, isServersFault, this.#delaysMs);
  }

  /** The store's answer: what it refuses it would refuse again. */
  async #fromStore(url: string, request: RequestInit): Promise<Response> {
    const attempt = async () => {
      const answer = await reached(url, request, 'store.unavailable');
      if (answer.status < 500 && answer.status !== 429) return answer;
      await answer.body?.cancel();
      throw new OfficeError('store.unavailable');
    };
    return await patiently(attempt, isServersFault, this.#delaysMs);
  }
}

async function reached(url: string, request: RequestInit, unavailable: OfficeErrorCode): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    throw new OfficeError(unavailable, { cause: error });
  }
}

function isServersFault(error: unknown): boolean {
  return isOfficeError(error) && statusOf(error.code) >= 500;
}
