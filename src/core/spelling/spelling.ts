import { Worker } from 'node:worker_threads';
import { AppError } from '../../contract/errors.ts';
import { errorFacts } from '../diagnostics/error-facts.ts';
import { note } from '../diagnostics/note.ts';
import { type DictionaryName, readDictionary } from './dictionaries.ts';
import type { SpellingReply, SpellingRequest } from './spelling-messages.ts';

/** The thread's module. Named only here: a bundle puts it elsewhere. */
const WORKER_FILE = new URL('./spelling-worker.ts', import.meta.url);

/** Two dictionaries take a sixth of this; what goes beyond it fails by itself instead of crashing the program. */
const WORKER_LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 };

/** After this long without a question the dictionaries' memory is given back. */
const IDLE_MS = 10 * 60_000;

type Question = SpellingRequest extends infer R ? (R extends SpellingRequest ? Omit<R, 'id'> : never) : never;

/**
 * Spelling by the bundled dictionaries, in a thread of its own. A dictionary is loaded with the first question about its
 * language. Every method throws `spelling.failed` if the thread died or a dictionary cannot be read.
 */
export class Spelling {
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | null = null;
  #nextId = 1;
  readonly #asked = new Map<
    number,
    { resolve: (words: readonly string[]) => void; reject: (error: unknown) => void }
  >();
  readonly #loaded = new Map<DictionaryName, Promise<unknown>>();

  /** Those of the words that the dictionary does not know. */
  async misspelled(name: DictionaryName, words: readonly string[]): Promise<string[]> {
    await this.#load(name);
    return [...(await this.#ask({ type: 'misspelled', name, words }))];
  }

  /** What a word may have been meant to be, best first; at most eight. */
  async suggestions(name: DictionaryName, word: string): Promise<string[]> {
    await this.#load(name);
    return [...(await this.#ask({ type: 'suggest', name, word }))];
  }

  /** Ends the thread, if one runs; a later question starts a new one. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#forget(worker);
    await worker?.terminate();
  }

  #load(name: DictionaryName): Promise<unknown> {
    const loading = this.#loaded.get(name) ?? this.#read(name);
    this.#loaded.set(name, loading);
    return loading;
  }

  async #read(name: DictionaryName): Promise<void> {
    try {
      const files = await readDictionary(name);
      await this.#ask({ type: 'load', name, files });
    } catch (error) {
      this.#loaded.delete(name);
      throw new AppError('spelling.failed', {}, { cause: error });
    }
  }

  #ask(question: Question): Promise<readonly string[]> {
    const worker = this.#running();
    return new Promise((resolve, reject) => {
      const id = this.#nextId;
      this.#nextId += 1;
      this.#asked.set(id, { resolve, reject });
      worker.postMessage({ ...question, id } satisfies SpellingRequest);
    });
  }

  #running(): Worker {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.close(), IDLE_MS);
    this.#idle.unref();
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(WORKER_FILE, { name: 'spelling', resourceLimits: WORKER_LIMITS, execArgv: [] });
    worker.unref();
    worker.on('message', ({ id, words }: SpellingReply) => {
      const asked = this.#asked.get(id);
      this.#asked.delete(id);
      if (words === null) asked?.reject(new AppError('spelling.failed', {}));
      else asked?.resolve(words);
    });
    worker.on('error', (error) =>
      note({ event: 'threadFailed', thread: 'spelling', error: errorFacts(error) }),
    );
    worker.on('exit', () => {
      if (this.#worker === worker) this.#forget(worker);
    });
    this.#worker = worker;
    return worker;
  }

  /** The thread is gone, and with it what it held and owed. */
  #forget(worker: Worker | null): void {
    if (this.#worker !== worker) return;
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#worker = null;
    this.#loaded.clear();
    for (const { reject } of this.#asked.values()) reject(new AppError('spelling.failed', {}));
    this.#asked.clear();
  }
}
