import {
  BROWSER_WAYS,
  type BrowserWay,
  DECODER_WAYS,
  type EgressEnd,
  type EgressPlace,
  type EgressResult,
  type EgressTarget,
  type EgressWay,
  type PageWay,
  PROCESS_WAYS,
} from '../../contract/egress.ts';
import { Engine } from '../../core/engine/engine.ts';
import type { EngineLauncher } from '../../core/engine/engine-process.ts';
import { attemptByDecoder } from '../../core/media/decoder-attempts.ts';
import { findFfmpeg } from '../../core/media/find-ffmpeg.ts';
import { attempt } from '../../offline/attempts.ts';
import { Listener } from '../../offline/listener.ts';

/** What the self-test tries beside this process itself. */
export interface SelfTestParts {
  readonly launchEngine: EngineLauncher;
  readonly ffmpegFolder: string;
  /** Tries to reach the target by way of Chromium; null without one. */
  readonly tryBrowser: ((way: BrowserWay, target: EgressTarget) => Promise<EgressEnd>) | null;
}

/** How long after an attempt something may still arrive that belongs to it, in milliseconds. */
const SETTLING_MS = 20;

const UNTRIED: EgressEnd = { how: 'untried', detail: '' };

/**
 * The self-test of the privacy report: tries every way of opening a connection, towards a listener on this computer's
 * loopback interface. The page tries its own ways between `begin` and `finish`.
 */
export class SelfTest {
  readonly #parts: SelfTestParts;
  #listener: Listener | null = null;
  #results: EgressResult[] = [];
  #counted = 0;

  constructor(parts: SelfTestParts) {
    this.#parts = parts;
  }

  /** The results so far. */
  get results(): readonly EgressResult[] {
    return this.#results;
  }

  /** Opens the listener and forgets earlier results. Throws what Node throws. */
  async begin(): Promise<EgressTarget> {
    this.#listener?.close();
    this.#listener = await Listener.open();
    this.#results = [];
    this.#counted = 0;
    return this.#listener.target;
  }

  /** The page has tried one of its ways. */
  async tried(way: PageWay, end: EgressEnd): Promise<EgressResult> {
    return await this.#note('page', way, end);
  }

  /** Tries everything outside of the page, closes the listener and returns all results. Does nothing before `begin`. */
  async finish(): Promise<readonly EgressResult[]> {
    const listener = this.#listener;
    if (listener === null) return this.#results;
    try {
      await this.#tryBrowser(listener.target);
      await this.#tryProgram(listener.target);
      await this.#tryEngine(listener.target);
      await this.#tryDecoder(listener.target);
    } finally {
      listener.close();
      this.#listener = null;
    }
    return this.#results;
  }

  async #tryBrowser(target: EgressTarget): Promise<void> {
    const { tryBrowser } = this.#parts;
    if (tryBrowser === null) return;
    for (const way of BROWSER_WAYS) await this.#note('browser', way, await tryBrowser(way, target));
  }

  async #tryProgram(target: EgressTarget): Promise<void> {
    for (const way of PROCESS_WAYS) await this.#note('program', way, await attempt(way, target));
  }

  /** In an engine of its own, so that no job waits. */
  async #tryEngine(target: EgressTarget): Promise<void> {
    const engine = new Engine(this.#parts.launchEngine);
    const ends = await engine.tryConnections(target).catch(() => null);
    await engine.close();
    // The engine answers for all of them at once: one that arrived is told of each, rather than of none.
    const arrived = this.#takeArrived();
    for (const way of PROCESS_WAYS) await this.#note('engine', way, ends?.[way] ?? UNTRIED, arrived);
  }

  async #tryDecoder(target: EgressTarget): Promise<void> {
    const ffmpeg = await findFfmpeg({ packagedFolder: this.#parts.ffmpegFolder }).catch(() => null);
    for (const way of DECODER_WAYS) {
      await this.#note(
        'decoder',
        way,
        ffmpeg === null ? UNTRIED : await attemptByDecoder(ffmpeg, way, target),
      );
    }
  }

  async #note(place: EgressPlace, way: EgressWay, end: EgressEnd, arrived = false): Promise<EgressResult> {
    await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
    const result = { place, way, end, reached: this.#takeArrived() || arrived || hasSucceeded(way, end) };
    this.#results.push(result);
    return result;
  }

  /** Whether anything arrived since the last call. */
  #takeArrived(): boolean {
    const now = this.#listener?.arrived ?? 0;
    const isMore = now > this.#counted;
    this.#counted = now;
    return isMore;
  }
}

/** These reach nothing, even where they are not refused: a name of this computer, and waiting for others. */
function hasSucceeded(way: EgressWay, { how }: EgressEnd): boolean {
  return (way === 'dnsLookup' || way === 'listen' || way === 'resolveHost') && how === 'nothing';
}
