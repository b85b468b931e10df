import { isAppError } from '../../contract/errors.ts';
import type { Locale } from '../../contract/locale.ts';
import { showable } from '../../contract/untrusted-text.ts';
import { describeError } from '../../messages/describe-error.ts';
import type { SentRecording } from '../client/client-state.db.ts';
import type { CollectEvent } from '../client/collect.ts';
import type { DeskEvent, SendingFailure } from '../client/desk-events.ts';
import { isOfficeError, OFFICE_ERROR_CODES, officeSentence } from '../contract/office-errors.ts';
import { type ClientText, clientText } from './client-texts.ts';

/** Exit statuses of the client's commands. */
const EXIT = { done: 0, someFailed: 1, usage: 2, stillWaiting: 4 } as const;

const STATES = {
  sending: 'stateSending',
  sent: 'stateSent',
  fetched: 'stateFetched',
  failed: 'stateFailed',
} as const satisfies Record<SentRecording['state'], ClientText>;

/** What cannot be done as it was asked for. */
export class ClientUsageError extends Error {
  readonly text: ClientText;
  readonly values: Readonly<Record<string, string>>;

  constructor(text: ClientText, values: Readonly<Record<string, string>> = {}) {
    super(text);
    this.text = text;
    this.values = values;
  }
}

/** Tells a person in lines what a client does, and knows the command's exit status. Names of files are for this screen alone. */
export class ClientReport {
  readonly locale: Locale;
  readonly #problems = new Set<string>();
  #exitCode: number = EXIT.done;

  constructor(locale: Locale) {
    this.locale = locale;
  }

  get exitCode(): number {
    return this.#exitCode;
  }

  /** A line on the output. */
  say(text: ClientText, values?: Readonly<Record<string, string | number>>): void {
    process.stdout.write(`${showable(clientText(text, this.locale, values))}\n`);
  }

  /** A line about a failure. */
  fail(text: ClientText, values?: Readonly<Record<string, string | number>>): void {
    this.#exitCode = EXIT.someFailed;
    process.stderr.write(`${showable(clientText(text, this.locale, values))}\n`);
  }

  waiting(count: number): void {
    this.say('waiting', { count });
    if (this.#exitCode === EXIT.done) this.#exitCode = EXIT.stillWaiting;
  }

  list(recordings: readonly SentRecording[]): void {
    if (recordings.length === 0) this.say('nothing');
    for (const { name, state, failureCode } of recordings) {
      const why = failureCode === null ? '' : ` ${this.#why(failureCode as SendingFailure)}`;
      const line = `${clientText(STATES[state], this.locale)}\t${name}${why}`;
      process.stdout.write(`${showable(line)}\n`);
    }
  }

  /** Listens to a desk. */
  readonly tell = (event: DeskEvent): void => {
    if (event.type === 'written') this.say('written', { name: event.name, file: event.file });
    else if (event.type === 'packed') this.say('packed', { count: event.recordings, file: event.file });
    else if (event.type === 'failed') this.fail('failed', { name: event.name, why: this.#why(event.code) });
    else if (event.type === 'problem') this.#problem(event.name, event.error);
    else this.say(event.type, { name: event.name });
  };

  /** Listens to what a vault collects. */
  readonly collecting = (event: CollectEvent): void => {
    if (event.type === 'collected') this.say('collected', { name: event.name });
    else this.fail('leftOut', { name: event.jobId, why: this.#sentence(event.error) });
  };

  /** Runs a part of the work; what it throws is told, and does not keep the others from being done. */
  async trying(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#problem(name, error);
    }
  }

  /** Tells what a whole command threw. */
  thrown(error: unknown): void {
    const text =
      error instanceof ClientUsageError
        ? clientText(error.text, this.locale, error.values)
        : this.#sentence(error);
    process.stderr.write(`${text}\n`);
    this.#exitCode = error instanceof ClientUsageError ? EXIT.usage : EXIT.someFailed;
  }

  /** The same problem of the same file is told once: a watch tries it again and again. */
  #problem(name: string, error: unknown): void {
    const why = this.#sentence(error);
    const line = `${name} ${why}`;
    if (this.#problems.has(line)) return;
    this.#problems.add(line);
    this.fail('problem', { name, why });
  }

  #why(code: SendingFailure): string {
    if (code === 'cancelled') return clientText('cancelled', this.locale);
    const office = OFFICE_ERROR_CODES.find((one) => one === code);
    if (office !== undefined) return officeSentence(office, this.locale);
    // The worker tells no details: sentences without them are short of a name.
    return clientText('unexpected', this.locale, { name: code });
  }

  #sentence(error: unknown): string {
    if (isOfficeError(error)) return officeSentence(error.code, this.locale);
    if (isAppError(error)) {
      const { what, todo } = describeError(error, this.locale);
      return `${what} ${todo}`;
    }
    // Settings that are missing are told in a sentence of their own.
    return error instanceof Error ? error.message : String(error);
  }
}
