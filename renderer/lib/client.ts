import type { Bridge, BridgeInput } from '../../src/contract/bridge.ts';
import { AppError, type ErrorCode, type ErrorDetails, isAppError } from '../../src/contract/errors.ts';
import type { Answer, RequestName, RequestOutput } from '../../src/contract/ipc.ts';

declare global {
  interface Window {
    /** What the preload puts on the page. */
    readonly voicesync: Bridge;
  }
}

/** A value of the main process, and the number of the last event that it includes. */
export interface Snapshot<T> {
  readonly value: T;
  readonly sequence: number;
}

/** The input of a request as an argument list: empty if it has none. */
type InputArguments<N extends RequestName> = BridgeInput<N> extends void ? [] : [input: BridgeInput<N>];

/** Asks the main process. Throws its answer's AppError. */
export async function request<N extends RequestName>(
  name: N,
  ...input: InputArguments<N>
): Promise<RequestOutput<N>> {
  return (await snapshot(name, ...input)).value;
}

/** Requests a value with its position in the stream of events. Throws AppErrors. */
export async function snapshot<N extends RequestName>(
  name: N,
  ...input: InputArguments<N>
): Promise<Snapshot<RequestOutput<N>>> {
  const ask = window.voicesync[name] as (
    input: BridgeInput<N> | undefined,
  ) => Promise<Answer<RequestOutput<N>>>;
  const answer = await ask(input[0]);
  if (answer.ok) return { value: answer.value, sequence: answer.sequence };
  throw new AppError(answer.error.code, answer.error.details as ErrorDetails<ErrorCode>);
}

/** The AppError of any thrown value: anything else becomes `internal.unexpected`. */
export function appErrorOf(thrown: unknown): AppError {
  return isAppError(thrown) ? thrown : new AppError('internal.unexpected', {}, { cause: thrown });
}
