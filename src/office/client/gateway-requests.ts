import type { z } from '../../contract/schema.ts';
import {
  isOfficeError,
  OfficeError,
  type OfficeErrorCode,
  OfficeFailure,
  statusOf,
} from '../contract/office-errors.ts';
import { patiently } from '../store/patiently.ts';
import { currentTraceParent } from '../watch/trace-parent.ts';

/** What a client needs to know of its office. */
export interface OfficeAccess {
  /** Where the gateway is: `https://office.example`. */
  readonly gateway: string;
  /** Null for what needs none. */
  readonly token: string | null;
}

/** Requests to the gateway, and to the store by the gateway's signed requests. */
export class GatewayRequests {
  readonly #access: OfficeAccess;
  readonly #delaysMs: readonly number[] | undefined;

  /** `delaysMs` are the waits before each further try. */
  constructor(access: OfficeAccess, delaysMs?: readonly number[]) {
    this.#access = access;
    this.#delaysMs = delaysMs;
  }

  /** The gateway's answer to a request that is part of a trace, if there is one. Throws its `OfficeError`s, and `gateway.unavailable`. */
  async ask<T extends z.ZodType>(
    answerSchema: T,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    traceParent = currentTraceParent(),
  ): Promise<z.output<T>> {
    const url = new URL(path, this.#access.gateway).href;
    const { token } = this.#access;
    const headers = {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
      ...(traceParent && { traceparent: traceParent }),
    };
    const request = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const attempt = async () => {
      const answer = await reached(url, request, 'gateway.unavailable');
      if (answer.ok) return answerSchema.parse(await answer.json());
      // What stands before the gateway may answer in its place.
      const failure = OfficeFailure.safeParse(await answer.json().catch(() => null));
      const retryAfterS = Number(answer.headers.get('retry-after') ?? Number.NaN);
      throw new OfficeError(failure.success ? failure.data.code : 'gateway.unavailable', {
        retryAfterS: Number.isFinite(retryAfterS) ? retryAfterS : null,
      });
    };
    return await patiently(attempt, isPassing, this.#delaysMs);
  }

  /** The store's answer: what it refuses it would refuse again. */
  async fromStore(url: string, request: RequestInit): Promise<Response> {
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

/** Whether a request is to be made again: not what a spent quota refuses, for that takes hours. */
function isPassing(error: unknown): boolean {
  return isServersFault(error) || isOfficeError(error, 'request.tooMany');
}

function isServersFault(error: unknown): boolean {
  return isOfficeError(error) && statusOf(error.code) >= 500;
}
