import { createHmac, randomBytes } from 'node:crypto';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIPv6 } from 'node:net';
import type { WebhookBody } from '../contract/notices-api.ts';
import { isOfficeError } from '../contract/office-errors.ts';
import { type AllowedHosts, addressOf, type Resolve } from './webhook-target.ts';

/** Bytes of a new secret; the Standard Webhooks specification asks for 24 to 64. */
const SECRET_BYTES = 32;

/** What is read of an answer, in bytes; nobody looks at it. */
const MOST_ANSWER_BYTES = 64 * 1024;

/** A new secret of a webhook. */
export function makeWebhookSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** A secret in the notation of the specification: `whsec_` and base64. */
export function secretNotation(secret: Uint8Array): string {
  return `whsec_${Buffer.from(secret).toString('base64')}`;
}

/** The headers of a webhook by the Standard Webhooks specification 1.0.0, signed with each of the secrets. */
export function signedHeaders(
  secrets: readonly Uint8Array[],
  { id, body, nowMs }: { id: string; body: string; nowMs: number },
): Record<string, string> {
  const timestamp = Math.floor(nowMs / 1000);
  const signatures = secrets.map((secret) => {
    const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
    return `v1,${signature}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}

/** Where and how webhooks are sent. */
export interface WebhookRules {
  readonly allowed: AllowedHosts;
  readonly resolve?: Resolve;
  /** Milliseconds until there is an answer. */
  readonly deadlineMs?: number;
}

/** The specification asks for 15 to 30 seconds. */
const DEADLINE_MS = 15_000;

/** An attempt that did not succeed. */
export interface WebhookFailure {
  readonly code: 'target.forbidden' | 'target.unreachable' | 'target.slow' | 'target.refused' | 'target.gone';
  /** What the receiver asked to wait at least, in milliseconds. */
  readonly askedMs: number;
}

/**
 * Sends one webhook. Null if it was taken, by an answer 200 to 299; redirections are not followed. Throws the signal's reason once that
 * is aborted.
 */
export async function postWebhook(
  target: string,
  body: WebhookBody,
  secrets: readonly Uint8Array[],
  { allowed, resolve, deadlineMs = DEADLINE_MS }: WebhookRules,
  signal: AbortSignal,
): Promise<WebhookFailure | null> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const text = JSON.stringify(body);
  try {
    const url = new URL(target);
    const address = await addressOf(url, allowed, resolve);
    const headers = {
      ...signedHeaders(secrets, { id: body.id, body: text, nowMs: Date.now() }),
      'content-type': 'application/json',
      'user-agent': 'VoiceSync-office',
    };
    const answer = await posted(url, address, { headers, text, signal: AbortSignal.any([signal, deadline]) });
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return null;
    const seconds = Number(answer.headers['retry-after']);
    const askedMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
    return { code: status === 410 ? 'target.gone' : 'target.refused', askedMs };
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) return { code: 'target.slow', askedMs: 0 };
    if (isOfficeError(error, 'target.forbidden')) return { code: 'target.forbidden', askedMs: 0 };
    return { code: 'target.unreachable', askedMs: 0 };
  }
}

/** Posts to an address under the URL's host name, which TLS asks the certificate for. Throws connection errors. */
async function posted(
  url: URL,
  address: string,
  { headers, text, signal }: { headers: Record<string, string>; text: string; signal: AbortSignal },
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const answered = Promise.withResolvers<IncomingMessage>();
  const sent = request(url, {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(text) },
    signal,
    // No connection is kept: each is made to an address that was judged for it.
    agent: false,
    // Called for names; an address in the URL has been judged as it stands.
    lookup: (_host, { all }, callback) => {
      const family = isIPv6(address) ? 6 : 4;
      if (all) callback(null, [{ address, family }]);
      else callback(null, address, family);
    },
  });
  sent.once('response', answered.resolve);
  sent.on('error', answered.reject);
  sent.end(text);
  const answer = await answered.promise;
  await readLittle(answer);
  return answer;
}

/** Takes an answer in, up to a size, so that its sender can end it; what it says does not matter. */
async function readLittle(answer: IncomingMessage): Promise<void> {
  let bytes = 0;
  for await (const portion of answer) {
    bytes += (portion as Buffer).length;
    if (bytes > MOST_ANSWER_BYTES) break;
  }
}
