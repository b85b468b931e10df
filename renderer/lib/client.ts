import type { Bridge, BridgeInput } from '../../src/contract/bridge.ts';
import { AppError, type ErrorCode, type ErrorDetails, isAppError } from '../../src/contract/errors.ts';
import type { Answer, RequestName, RequestOutput } from '../../src/contract/ipc.ts';

declare global {
  interface Window {
    /** What the preload puts on the page. */
    readonly voicesync: Bridge;
  }
}

/** A value of the main process, and the number of the last event it already includes. */
export interface Snapshot<T> {
  readonly value: T;
  readonly sequence: number;
}

/** The input of a request as an argument list: none where it takes nothing. */
type InputArguments<N extends RequestName> = BridgeInput<N> extends void ? [] : [input: BridgeInput<N>];

/** Asks the main process. Throws the AppError it answers with. */
export async function request<N extends RequestName>(
  name: N,
  ...input: InputArguments<N>
): Promise<RequestOutput<N>> {
  return (await snapshot(name, ...input)).value;
}

/** Asks the main process for a value together with its place in the stream of events. Throws AppErrors. */
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

/** The AppError in whatever was thrown: what is none becomes `internal.unexpected`. */
export function appErrorOf(thrown: unknown): AppError {
  return isAppError(thrown) ? thrown : new AppError('internal.unexpected', {}, { cause: thrown });
}
