import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Span } from '../../../../src/contract/audio.ts';
import type { Playback } from '../playback/playback.ts';

/** A stretch that ended by itself was played up to this much before its end. */
const END_MS = 50;

/** Plays samples of a speaker's voice, one stretch after another. */
export class VoiceSample {
  /** Whose sample is being played, in `speaker`; null for none. */
  readonly store: StoreApi<{ readonly playing: { readonly speaker: string | null } | null }> = createStore(
    () => ({ playing: null }),
  );
  readonly #playback: Playback;
  readonly #stop: () => void;
  #rest: Span[] = [];
  #current: Span | null = null;

  constructor(playback: Playback) {
    this.#playback = playback;
    this.#stop = playback.store.subscribe(() => this.#follow());
  }

  /** Plays these stretches of a speaker. */
  play(speaker: string | null, stretches: readonly Span[]): void {
    this.#rest = [...stretches];
    this.store.setState({ playing: { speaker } });
    this.#next();
  }

  /** Stops a sample; anything else that is played goes on. */
  stop(): void {
    if (this.#current === null) return;
    this.#end();
    this.#playback.player.pause();
  }

  close(): void {
    this.#stop();
  }

  #next(): void {
    const next = this.#rest.shift();
    if (next === undefined) {
      this.#end();
      return;
    }
    // While it starts, the player tells of what it leaves.
    this.#current = null;
    this.#playback.player.playRange(next.startMs, next.endMs);
    this.#current = next;
  }

  /** Goes on where a stretch has ended by itself; ends where the user pauses, or plays something else. */
  #follow(): void {
    const { player } = this.#playback.store.getState();
    if (this.#current === null || player.range?.startMs === this.#current.startMs) return;
    const isOver = player.range === null && this.#playback.player.timeMs >= this.#current.endMs - END_MS;
    if (isOver && !player.playing) this.#next();
    else this.#end();
  }

  #end(): void {
    this.#rest = [];
    this.#current = null;
    this.store.setState({ playing: null });
  }
}
