import { createStore, type StoreApi } from 'zustand/vanilla';
import { MOST_GAIN_DB, PLAIN_SOUND, type RecordingSound } from '../../../../src/contract/editor-tools.ts';
import { request } from '../../../lib/client.ts';
import { translate } from '../../../lib/i18n.ts';
import { attempt, say } from '../../../stores/toasts.ts';
import { SoundGraph } from './sound-graph.ts';

/** One step of the keys and the slider, in decibels. */
export const GAIN_STEP_DB = 3;

/** How a recording is played: its amplification, and which channel alone is heard; kept with the recording. */
export class RecordingSoundSetting {
  readonly store: StoreApi<RecordingSound> = createStore(() => PLAIN_SOUND);
  readonly #recordingId: string;
  readonly #media: HTMLMediaElement;
  /** How many channels the recording has. */
  readonly #channels: number;
  #graph: Promise<SoundGraph | null> | null = null;
  #isClosed = false;

  constructor(recordingId: string, media: HTMLMediaElement, channels: number) {
    this.#recordingId = recordingId;
    this.#media = media;
    this.#channels = channels;
    media.addEventListener('play', () => void this.#graph?.then((graph) => graph?.resume()));
  }

  get channels(): number {
    return this.#channels;
  }

  /** Plays the recording as it was left. If that cannot be read it plays as it is. */
  load(): void {
    request('editorTools.sound', { recordingId: this.#recordingId }).then(
      (sound) => this.#play(sound),
      () => undefined,
    );
  }

  /** Louder by so many steps, or quieter if negative. */
  changeGain(steps: number): void {
    this.setGain(this.store.getState().gainDb + steps * GAIN_STEP_DB);
  }

  setGain(gainDb: number): void {
    this.#change({ gainDb: Math.min(MOST_GAIN_DB, Math.max(0, gainDb)) });
  }

  /** Lets one channel be heard alone, or all with null. */
  setSolo(solo: number | null): void {
    if (this.#channels > 1) this.#change({ solo });
  }

  /** Lets one channel be heard alone, or all if it already is. */
  toggleSolo(channel: number): void {
    this.setSolo(this.store.getState().solo === channel ? null : channel);
  }

  close(): void {
    this.#isClosed = true;
    void this.#graph?.then((graph) => graph?.close());
  }

  #change(part: Partial<RecordingSound>): void {
    const before = this.store.getState();
    const sound = { ...before, ...part };
    if (sound.gainDb === before.gainDb && sound.solo === before.solo) return;
    this.#play(sound);
    attempt(() => request('editorTools.keepSound', { recordingId: this.#recordingId, sound }));
  }

  #play(sound: RecordingSound): void {
    if (this.#isClosed) return;
    // Of a recording that had more channels once.
    const solo = sound.solo !== null && sound.solo < this.#channels ? sound.solo : null;
    this.store.setState({ gainDb: sound.gainDb, solo });
    const isPlain = sound.gainDb === 0 && solo === null;
    if (isPlain && this.#graph === null) return;
    this.#graph ??= SoundGraph.of(this.#media).catch(() => {
      say(translate('editorTools:soundFailed'));
      return null;
    });
    void this.#graph.then((graph) => {
      const { gainDb, solo: heard } = this.store.getState();
      graph?.want({ gain: 10 ** (gainDb / 20), solo: heard });
      if (!this.#media.paused) graph?.resume();
      if (this.#isClosed) graph?.close();
    });
  }
}
