import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { EngineReply, EngineRequest } from '../../../contract/engine.ts';
import { DICTATION_MODEL } from '../../models/testing/dictation-model.ts';
import { type EngineProcess, forkEngine } from '../engine-process.ts';
import { answerKey, recordedReplies, recordReplies, type SoundRequest } from './recorded-answers.ts';

/** Read once: a command that is called in a test has an environment of its own. */
const IS_RECORDING = process.env.VOICESYNC_RECORD === '1';

/** A window takes so many milliseconds here too, so that it can be aborted. */
const WINDOW_MS = 50;

/**
 * An engine for tests in which it is not what is tested: speaks the engine's messages, in this process, and replies for the
 * fixture model with the real engine's recorded answers for the same audio. What was never recorded, and every other
 * model, is passed to a real engine, which is started for it: slower, with the same results. `VOICESYNC_RECORD=1`
 * records its answers.
 */
export function replayEngine(): EngineProcess {
  const messageListeners: ((message: unknown) => void)[] = [];
  const exitListeners: ((code: number | null) => void)[] = [];
  const inHand = new Map<number, NodeJS.Timeout>();
  let loaded: LoadRequest | null = null;
  let real: RealEngine | null = null;
  let isAlive = true;

  const say = (reply: EngineReply) => {
    if (isAlive) for (const listener of messageListeners) listener(reply);
  };
  const end = (code: number | null) => {
    if (!isAlive) return;
    isAlive = false;
    for (const timer of inHand.values()) clearTimeout(timer);
    setImmediate(() => {
      for (const listener of exitListeners) listener(code);
    });
  };
  /** Sends the replies in order, each in a turn of its own; the last one ends the request. */
  const answer = (id: number, replies: readonly EngineReply[], afterMs: number) => {
    const timer = setTimeout(() => {
      const [first, ...rest] = replies;
      if (first !== undefined) say(first);
      if (rest.length === 0) inHand.delete(id);
      else answer(id, rest, 0);
    }, afterMs);
    inHand.set(id, timer);
  };
  const askReal = (question: Question, record: string | null) => {
    real ??= new RealEngine(say, end);
    void real.ask(question, loaded, record);
  };

  function load(request: LoadRequest): void {
    loaded = request;
    if (!isFixtureModel(request.modelPath)) askReal(request, null);
    else answer(request.id, [{ type: 'loaded', id: request.id, multilingual: true }], 0);
  }

  function listen(request: SoundRequest): void {
    const { id, type } = request;
    const isOfModel = type === 'transcribe' || type === 'detectLanguage';
    if (isOfModel && loaded === null) {
      answer(id, [{ type: 'failure', id, reason: 'notLoaded' }], 0);
      return;
    }
    const isRecorded = !isOfModel || isFixtureModel(loaded?.modelPath ?? '');
    const key = isRecorded ? answerKey(request) : null;
    const replies = key === null ? null : recordedReplies(key, id);
    if (replies === null) askReal(request, key);
    else answer(id, replies, type === 'transcribe' ? WINDOW_MS : 0);
  }

  function abort(request: Extract<EngineRequest, { type: 'abort' }>): void {
    const timer = inHand.get(request.target);
    if (timer === undefined) {
      real?.abort(request);
      return;
    }
    clearTimeout(timer);
    answer(request.target, [{ type: 'failure', id: request.target, reason: 'aborted' }], 0);
  }

  setImmediate(() => {
    const [ready] = recordedReplies('ready', 0) ?? [];
    if (ready !== undefined) say(ready);
    else real ??= new RealEngine(say, end);
  });
  return {
    pid: undefined,
    send: (request) => {
      if (!isAlive) return;
      if (request.type === 'load') load(request);
      else if (request.type === 'abort') abort(request);
      else if (request.type !== 'tryConnections') listen(request);
    },
    onMessage: (listener) => void messageListeners.push(listener),
    onExit: (listener) => void exitListeners.push(listener),
    kill: () => {
      real?.kill();
      end(null);
    },
  };
}

type LoadRequest = Extract<EngineRequest, { type: 'load' }>;

/** A request that has an id of its own. */
type Question = Exclude<EngineRequest, { type: 'abort' }>;

/** The real engine behind the replayed one, with the model that was loaded there. */
class RealEngine {
  readonly #process = forkEngine();
  readonly #say: (reply: EngineReply) => void;
  readonly #asked = new Map<number, { key: string | null; replies: EngineReply[] }>();
  #loaded: string | null = null;
  #loading: { id: number; done: PromiseWithResolvers<void> } | null = null;

  constructor(say: (reply: EngineReply) => void, onExit: (code: number | null) => void) {
    this.#say = say;
    this.#process.onMessage((message) => this.#receive(message as EngineReply));
    this.#process.onExit(onExit);
  }

  async ask(question: Question, load: LoadRequest | null, key: string | null): Promise<void> {
    const isOfModel = question.type === 'transcribe' || question.type === 'detectLanguage';
    if (isOfModel && load !== null && load.modelPath !== this.#loaded) {
      // The load was replayed without this process, which fails requests at once while it loads.
      this.#loading = { id: load.id, done: Promise.withResolvers() };
      this.#loaded = load.modelPath;
      this.#process.send(load);
    }
    if (question.type === 'load') this.#loaded = question.modelPath;
    await this.#loading?.done.promise;
    this.#asked.set(question.id, { key, replies: [] });
    this.#process.send(question);
  }

  abort(request: Extract<EngineRequest, { type: 'abort' }>): void {
    this.#process.send(request);
  }

  kill(): void {
    this.#process.kill();
  }

  #receive(reply: EngineReply): void {
    if (reply.type === 'ready') {
      const isKnown = recordedReplies('ready', 0) !== null;
      if (IS_RECORDING) recordReplies('ready', [reply]);
      if (!isKnown) this.#say(reply);
      return;
    }
    if (reply.id === this.#loading?.id) this.#loading.done.resolve();
    const asked = this.#asked.get(reply.id);
    if (asked === undefined) return;
    this.#say(reply);
    asked.replies.push(reply);
    if (reply.type === 'progress' || reply.type === 'segments') return;
    this.#asked.delete(reply.id);
    if (IS_RECORDING && asked.key !== null && reply.type !== 'failure') {
      recordReplies(asked.key, asked.replies);
    }
  }
}

const hashes = new Map<string, string>();

/** Whether a file is the model of the recorded answers in any folder. */
function isFixtureModel(path: string): boolean {
  if (path === DICTATION_MODEL.path) return true;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.size !== statSync(DICTATION_MODEL.path).size) return false;
  const file = `${path} ${stat.mtimeMs} ${stat.ino}`;
  const hash = hashes.get(file) ?? createHash('sha256').update(readFileSync(path)).digest('hex');
  hashes.set(file, hash);
  return hash === DICTATION_MODEL.sha256;
}
