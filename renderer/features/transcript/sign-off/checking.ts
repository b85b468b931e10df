import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Span } from '../../../../src/contract/audio.ts';
import { listenedMs, listenedPercent, mergedSpans, unheardSpans } from '../../../../src/contract/listened.ts';
import type { CheckedChange, SignOffView } from '../../../../src/contract/sign-off.ts';
import { request } from '../../../lib/client.ts';
import type { Playback } from '../playback/playback.ts';
import type { TranscriptSync } from '../sync/transcript-sync.ts';

/** How often it is looked at what was played, while it is played. */
const LOOKING_EVERY_MS = 1000;
/** How often that is stored meanwhile. */
const STORING_EVERY_MS = 5000;
/** Changes are looked for this long after the last edit. */
const AFTER_EDIT_MS = 1500;
/** From so near a stretch that was not heard counts as reached. */
const REACHED_MS = 50;

/** What is known of the checking of an open text. */
export interface CheckingState {
  /** Whether it is known yet. */
  readonly isLoaded: boolean;
  readonly signOff: SignOffView | null;
  /** What was played, merged and in order. */
  readonly played: readonly Span[];
  /** What was not, in order. */
  readonly unheard: readonly Span[];
  /** How much of the recording was played, in whole per cent. */
  readonly percent: number;
  readonly usualName: string;
  /** Whether the dialog about it is open. */
  readonly isOpen: boolean;
}

/**
 * Who checked an open text, and how much of its recording was really played: the ranges that the player itself counts as
 * played, at any speed. They are stored while it plays, at its pauses, and as the text is closed.
 */
export class Checking {
  readonly store: StoreApi<CheckingState>;
  readonly #sync: TranscriptSync;
  readonly #playback: Playback;
  #unsaved: Span[] = [];
  #looking: ReturnType<typeof setInterval> | null = null;
  #storedAt = 0;
  #afterEdit: ReturnType<typeof setTimeout> | null = null;
  readonly #unsubscribe: readonly (() => void)[];

  constructor(sync: TranscriptSync, playback: Playback) {
    this.#sync = sync;
    this.#playback = playback;
    this.store = createStore(() => ({
      ...{
        isLoaded: false,
        signOff: null,
        played: [],
        unheard: [],
        percent: 0,
        usualName: '',
        isOpen: false,
      },
    }));
    this.#unsubscribe = [
      playback.store.subscribe(({ player }, { player: before }) => {
        if (player.playing !== before.playing) this.#followPlaying(player.playing);
      }),
      sync.store.subscribe(({ saved }, { saved: before }) => {
        if (saved === 'saved' && before !== 'saved') this.#edited();
      }),
    ];
  }

  /** Fetches what is known. Throws AppErrors. */
  async load(): Promise<void> {
    const { recordingId } = this.#sync;
    const { signOff, played, usualName } = await request('signOff.view', { recordingId });
    this.store.setState({ isLoaded: true, signOff, usualName });
    this.#show(played);
  }

  /** Opens the dialog with what is known now. Throws AppErrors. */
  async open(): Promise<void> {
    await this.#sync.flush();
    await this.#keep();
    await this.load();
    this.store.setState({ isOpen: true });
  }

  close(): void {
    this.store.setState({ isOpen: false });
  }

  /** Marks the text as checked. Throws AppErrors. */
  async check(by: string): Promise<void> {
    await this.#sync.flush();
    await this.#keep();
    const signOff = await request('signOff.check', { recordingId: this.#sync.recordingId, by });
    this.store.setState({ signOff, usualName: by });
  }

  /** Takes that back. Throws AppErrors. */
  async takeBack(): Promise<void> {
    await request('signOff.takeBack', { recordingId: this.#sync.recordingId });
    this.store.setState({ signOff: null });
  }

  /** The start of the next stretch that was not heard, behind the playhead or else from the beginning; null if there is none. */
  nextUnheardMs(): number | null {
    this.#look();
    const { timeMs } = this.#playback.player;
    const { unheard } = this.store.getState();
    const next = unheard.find(({ startMs }) => startMs > timeMs + REACHED_MS) ?? unheard[0];
    return next?.startMs ?? null;
  }

  /** The changes since the text was checked. */
  get changes(): readonly CheckedChange[] {
    return this.store.getState().signOff?.changes ?? [];
  }

  /** The player is about to read the recording anew, and forgets what it played. */
  beforeReload(): void {
    this.#look();
  }

  /** Stores what was played, and stops following. */
  dispose(): void {
    for (const stop of this.#unsubscribe) stop();
    this.#stopLooking();
    if (this.#afterEdit !== null) clearTimeout(this.#afterEdit);
    this.#look();
    void this.#keep().catch(() => undefined);
  }

  #followPlaying(isPlaying: boolean): void {
    this.#stopLooking();
    if (isPlaying) {
      this.#storedAt = performance.now();
      this.#looking = setInterval(() => {
        this.#look();
        if (performance.now() - this.#storedAt < STORING_EVERY_MS) return;
        this.#storedAt = performance.now();
        void this.#keep().catch(() => undefined);
      }, LOOKING_EVERY_MS);
      return;
    }
    this.#look();
    // What cannot be stored now stays for the next time.
    void this.#keep().catch(() => undefined);
  }

  #stopLooking(): void {
    if (this.#looking !== null) clearInterval(this.#looking);
    this.#looking = null;
  }

  /** Takes over what the player has played. */
  #look(): void {
    const spans = this.#playback.player.playedSpans();
    if (spans.length === 0) return;
    this.#unsaved = mergedSpans([...this.#unsaved, ...spans]);
    this.#show(spans);
  }

  #show(more: readonly Span[]): void {
    const { durationMs } = this.#sync.store.getState().facts;
    const played = mergedSpans([...this.store.getState().played, ...more]);
    const unheard = unheardSpans(played, durationMs);
    this.store.setState({
      played,
      unheard,
      percent: listenedPercent(listenedMs(played, durationMs), durationMs),
    });
  }

  async #keep(): Promise<void> {
    this.#look();
    const spans = this.#unsaved;
    if (spans.length === 0) return;
    this.#unsaved = [];
    try {
      await request('signOff.heard', { recordingId: this.#sync.recordingId, spans });
    } catch (error) {
      this.#unsaved = mergedSpans([...spans, ...this.#unsaved]);
      throw error;
    }
  }

  /** The text may differ from what was checked now. */
  #edited(): void {
    if (this.store.getState().signOff === null) return;
    if (this.#afterEdit !== null) clearTimeout(this.#afterEdit);
    this.#afterEdit = setTimeout(() => void this.load().catch(() => undefined), AFTER_EDIT_MS);
  }
}
