import { AppError, failureOf } from '../../contract/errors.ts';
import { type Answer, type Handlers, type RequestName, requests } from '../../contract/ipc.ts';
import { errorFacts } from '../../core/diagnostics/error-facts.ts';
import { note } from '../../core/diagnostics/note.ts';
import { asAppError } from '../../core/system-errors.ts';

/** Options of answering requests. */
export interface AnswerOptions {
  /** The number of the last event sent. */
  readonly sequence: () => number;
  /** Whether the handlers' results are checked against the contract too: in development and tests. */
  readonly checkOutput: boolean;
}

/**
 * Answers one request. Any request, and any error that a handler throws, is answered; an input that does not match
 * its schema is `usage.invalid` and reaches no handler.
 */
export async function answerRequest(
  handlers: Handlers,
  name: unknown,
  input: unknown,
  { sequence, checkOutput }: AnswerOptions,
): Promise<Answer<unknown>> {
  // Read before the handler runs: an event in between then reaches a snapshot twice rather than never.
  const before = sequence();
  try {
    const known = requestNamed(name);
    const { input: inputSchema, output: outputSchema } = requests[known];
    const parsed = inputSchema.safeParse(input);
    if (!parsed.success) throw new AppError('usage.invalid', { problem: known });
    const handle = handlers[known] as (input: unknown) => unknown;
    const value = await handle(parsed.data);
    return { ok: true, value: checkOutput ? outputSchema.parse(value) : value, sequence: before };
  } catch (error) {
    const known = asAppError(error);
    const isKnownRequest = typeof name === 'string' && Object.hasOwn(requests, name);
    note({
      event: 'requestFailed',
      request: isKnownRequest ? name : 'unknown.request',
      error: errorFacts(known),
    });
    return { ok: false, error: failureOf(known) };
  }
}

function requestNamed(name: unknown): RequestName {
  if (typeof name === 'string' && Object.hasOwn(requests, name)) return name as RequestName;
  throw new AppError('usage.invalid', { problem: 'request' });
}
