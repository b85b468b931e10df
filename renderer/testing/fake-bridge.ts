import type { Bridge } from '../../src/contract/bridge.ts';
import { AppError, failureOf, isAppError } from '../../src/contract/errors.ts';
import {
  type Answer,
  AppEvent,
  type NumberedEvent,
  type RequestInput,
  type RequestName,
  type RequestOutput,
  requests,
} from '../../src/contract/ipc.ts';

/** A test's handler of a request; may throw an AppError, or take any time. */
type Handler<N extends RequestName> = (
  input: RequestInput<N>,
) => RequestOutput<N> | Promise<RequestOutput<N>>;

/** A request that was made. */
export interface MadeRequest {
  readonly name: RequestName;
  readonly input: unknown;
}

/**
 * The bridge without a main process: every request of the contract, with input and output checked against its schemas
 * as in the app. A test sets the answers, and emits events.
 */
export class FakeBridge {
  /** Every request in the order in which it was made. */
  readonly made: MadeRequest[] = [];
  readonly #handlers = new Map<RequestName, Handler<RequestName>>();
  readonly #listeners = new Set<(event: NumberedEvent) => void>();
  readonly #bridge: Bridge;
  #sequence = 0;

  constructor() {
    const asks = Object.keys(requests).map((name) => [
      name,
      (input: unknown) => this.#answer(name as RequestName, input),
    ]);
    const subscribe: Bridge['subscribe'] = (listener) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    };
    this.#bridge = { ...Object.fromEntries(asks), subscribe } as Bridge;
  }

  /** Sets the bridge on the page, where the preload puts the real one. */
  install(): void {
    Object.assign(window, { voicesync: this.#bridge });
  }

  /** Sets a request's handler from now on. */
  answer<N extends RequestName>(name: N, handler: Handler<N>): void {
    this.#handlers.set(name, handler as unknown as Handler<RequestName>);
  }

  /** Holds a request's answers until the test releases them: with an output, or with an error. */
  hold<N extends RequestName>(
    name: N,
  ): { answer: (output: RequestOutput<N>) => void; refuse: (error: AppError) => void } {
    const { promise, resolve, reject } = Promise.withResolvers<RequestOutput<N>>();
    this.answer(name, () => promise);
    return { answer: resolve, refuse: reject };
  }

  /** The inputs of all requests of a name, in order. */
  inputs<N extends RequestName>(name: N): RequestInput<N>[] {
    return this.made.filter((one) => one.name === name).map(({ input }) => input as RequestInput<N>);
  }

  /** Emits an event of the main process. */
  emit(event: AppEvent): void {
    this.#sequence += 1;
    const numbered = { sequence: this.#sequence, event: AppEvent.parse(event) };
    for (const listener of this.#listeners) listener(numbered);
  }

  async #answer(name: RequestName, input: unknown): Promise<Answer<unknown>> {
    const sequence = this.#sequence;
    const schema = requests[name];
    const parsed = schema.input.safeParse(input);
    if (!parsed.success)
      return { ok: false, error: failureOf(new AppError('usage.invalid', { problem: name })) };
    this.made.push({ name, input: parsed.data });
    const handler = this.#handlers.get(name);
    try {
      if (handler === undefined) throw new Error(`no test answers ${name}`);
      return { ok: true, value: schema.output.parse(await handler(parsed.data as never)), sequence };
    } catch (error) {
      const known = isAppError(error) ? error : new AppError('internal.unexpected', {}, { cause: error });
      return { ok: false, error: failureOf(known) };
    }
  }
}
