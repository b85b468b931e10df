import type { z } from '../../contract/schema.ts';
import { type OidcSignIn, SignIn } from '../contract/administration-api.ts';
import { FinishedList } from '../contract/collect-api.ts';
import {
  CompletedUpload,
  JobList,
  OfficeJobView,
  type PartRequest,
  ResultRequest,
  type UploadRequest,
  UploadState,
} from '../contract/office-api.ts';
import { OfficeError } from '../contract/office-errors.ts';
import { OfficeKeysAnswer } from '../contract/office-keys-api.ts';
import { currentTraceParent, traceParentOf } from '../watch/trace-parent.ts';
import { GatewayRequests, type OfficeAccess } from './gateway-requests.ts';

/** Asks the gateway, and puts parts into the store. What cannot be reached is asked again after growing delays. */
export class OfficeClient {
  readonly #requests: GatewayRequests;

  /** `delaysMs` are the waits before each further try. */
  constructor(access: OfficeAccess, delaysMs?: readonly number[]) {
    this.#requests = new GatewayRequests(access, delaysMs);
  }

  /** Throws the gateway's `OfficeError`s, as all methods do; `gateway.unavailable` and `store.unavailable` where one cannot be reached. */
  async beginUpload(request: UploadRequest): Promise<UploadState> {
    return await this.#about(request.id, UploadState, 'POST', '/v1/uploads', request);
  }

  async uploadState(id: string): Promise<UploadState> {
    return await this.#about(id, UploadState, 'GET', `/v1/uploads/${id}`);
  }

  async completeUpload(id: string): Promise<string> {
    return (await this.#about(id, CompletedUpload, 'POST', `/v1/uploads/${id}/complete`)).jobId;
  }

  /** How users sign in; null where the house has no identity provider. Needs no token. */
  async signIn(): Promise<OidcSignIn | null> {
    return (await this.#requests.ask(SignIn, 'GET', '/v1/sign-in')).oidc;
  }

  /** For whom the gateway says that recordings are sealed: `trustedKeys` compares it with what is known. */
  async keys(): Promise<OfficeKeysAnswer> {
    return await this.#requests.ask(OfficeKeysAnswer, 'GET', '/v1/keys');
  }

  /** The first so many of the tenant's jobs, in the order of the queue. */
  async jobs(limit: number): Promise<OfficeJobView[]> {
    return (await this.#requests.ask(JobList, 'GET', `/v1/jobs?limit=${limit}`)).jobs;
  }

  async job(id: string): Promise<OfficeJobView> {
    return await this.#requests.ask(OfficeJobView, 'GET', `/v1/jobs/${id}`);
  }

  /** Pauses, resumes, cancels a job, tries it again or puts it first; returns how it is then. */
  async command(
    id: string,
    command: 'pause' | 'resume' | 'cancel' | 'retry' | 'first',
  ): Promise<OfficeJobView> {
    return await this.#requests.ask(OfficeJobView, 'POST', `/v1/jobs/${id}/${command}`);
  }

  /** Puts a part straight into the store; false where the request has expired or is refused, and another is to be asked for. */
  async putPart({ url, headers }: PartRequest, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const answer = await this.#requests.fromStore(url, { method: 'PUT', headers, body: bytes });
    await answer.body?.cancel();
    return answer.ok;
  }

  /** Jobs of the tenant that ended after this one, in the order of their ends. */
  async finished(after: FinishedList['jobs'][number] | null): Promise<FinishedList['jobs']> {
    const query = after === null ? '' : `?afterMs=${after.finishedAtMs}&afterId=${after.jobId}`;
    return (await this.#requests.ask(FinishedList, 'GET', `/v1/finished${query}`)).jobs;
  }

  /** The sealed result of a finished job, straight from the store. */
  async result(id: string): Promise<AsyncIterable<Uint8Array>> {
    return await this.#object(id, `/v1/jobs/${id}/result`);
  }

  /** The sealed recording of a finished job, straight from the store. */
  async recording(id: string): Promise<AsyncIterable<Uint8Array>> {
    return await this.#object(id, `/v1/jobs/${id}/recording`);
  }

  async #object(id: string, path: string): Promise<AsyncIterable<Uint8Array>> {
    const { url } = await this.#about(id, ResultRequest, 'GET', path);
    const answer = await this.#requests.fromStore(url, {});
    if (!answer.ok || answer.body === null) throw new OfficeError('object.gone');
    return answer.body;
  }

  /** A request that is part of a recording's trace: the one that goes on here, else the recording's own. */
  #about<T extends z.ZodType>(
    id: string,
    ...[schema, method, path, body]: [schema: T, method: 'GET' | 'POST', path: string, body?: object]
  ): Promise<z.output<T>> {
    const traceParent = currentTraceParent() ?? traceParentOf(id);
    return this.#requests.ask(schema, method, path, body, traceParent);
  }
}
