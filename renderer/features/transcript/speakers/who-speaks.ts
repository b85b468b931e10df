import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RequestOutput } from '../../../../src/contract/ipc.ts';
import type { SpeakerCount } from '../../../../src/contract/speakers.ts';
import { request } from '../../../lib/client.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import type { Playback } from '../playback/playback.ts';
import type { TranscriptSync } from '../sync/transcript-sync.ts';
import { sampleTurns } from './sample-turns.ts';
import { SimilarReview } from './similar-review.ts';
import { SpeakersOverview } from './speakers-overview.ts';
import { VoiceSample } from './voice-sample.ts';

/** What is asked about a speaker: another name, or which other speaker is the same person. */
export interface AskedOfSpeaker {
  /** Null for passages of nobody known. */
  readonly speaker: string | null;
  readonly what: 'name' | 'also';
}

/** The panel beside the text. */
export interface SpeakersPanelState {
  /** Which panel is open: all speakers, or paragraphs that sound like a corrected one. */
  readonly shown: 'speakers' | 'similar' | null;
  readonly asked: AskedOfSpeaker | null;
  /** Whether voices are being told apart for this window. */
  readonly isTelling: boolean;
}

/** The speakers of an open transcript as a whole: who they are, and what is changed about all that one of them says. */
export class WhoSpeaks {
  readonly store: StoreApi<SpeakersPanelState> = createStore(() => ({
    shown: null,
    asked: null,
    isTelling: false,
  }));
  readonly overview: SpeakersOverview;
  readonly similar: SimilarReview;
  readonly sample: VoiceSample;
  readonly #editor: TextEditor;
  readonly #sync: TranscriptSync;

  constructor(editor: TextEditor, sync: TranscriptSync, playback: Playback) {
    this.#editor = editor;
    this.#sync = sync;
    this.overview = new SpeakersOverview(sync, () => this.similar.dismiss());
    this.sample = new VoiceSample(playback);
    this.similar = new SimilarReview({
      editor,
      sync,
      knowsVoices: () => this.overview.store.getState().view?.by === 'voices',
      isAssigning: () => playback.store.getState().assigning !== null,
    });
    this.similar.store.subscribe(({ offer }) => {
      if (offer === null && this.store.getState().shown === 'similar') this.close();
    });
  }

  /** Opens the panel of all speakers, or a question about one of them. */
  open(asked: AskedOfSpeaker | null = null): void {
    this.store.setState({ shown: 'speakers', asked });
    void this.overview.read();
  }

  /** Opens the paragraphs that sound like the corrected one. */
  review(): void {
    if (this.similar.store.getState().offer !== null) this.store.setState({ shown: 'similar', asked: null });
  }

  /** Opens the panel of all speakers, or closes it. */
  toggle(): void {
    if (this.store.getState().shown === 'speakers') this.close();
    else this.open();
  }

  /** Closes the panel; the text gets the focus. */
  close(): void {
    this.sample.stop();
    this.store.setState({ shown: null, asked: null });
    this.#editor.focus();
  }

  ask(asked: AskedOfSpeaker | null): void {
    this.store.setState({ asked });
  }

  /**
   * Gives all that a speaker says another name, in one edit. With that of another speaker both become one. Returns whether that
   * was done.
   */
  async rename(from: string | null, to: string): Promise<boolean> {
    this.ask(null);
    if (from === to) return false;
    if (from !== null) return (await this.#sync.run({ kind: 'renameSpeaker', from, to })).isDone;
    const segments = this.#sync.segments.filter(({ speaker }) => speaker === null).map(({ id }) => id);
    if (segments.length === 0) return false;
    return (await this.#sync.run({ kind: 'assignSpeaker', segments, speaker: to })).isDone;
  }

  /** Plays a sample of a speaker's voice, or stops it. */
  playSample(speaker: string | null): void {
    const { playing } = this.sample.store.getState();
    if (playing !== null && playing.speaker === speaker) {
      this.sample.stop();
      return;
    }
    const { lanes } = this.overview.store.getState().view ?? { lanes: [] };
    const [first, ...others] = sampleTurns(lanes, speaker);
    if (first !== undefined) this.sample.play(speaker, [first, ...others]);
  }

  /** Tells one speaker's turns apart as two. Null if the text could not be stored before. Throws AppErrors. */
  async split(speaker: string): Promise<RequestOutput<'speakers.split'> | null> {
    const { recordingId } = this.#sync;
    return await this.#tell(() => request('speakers.split', { recordingId, speaker }));
  }

  /** Tells all speakers apart anew. Null if the text could not be stored before. Throws AppErrors. */
  async recount(count: SpeakerCount | null): Promise<RequestOutput<'speakers.recount'> | null> {
    const { recordingId } = this.#sync;
    return await this.#tell(() => request('speakers.recount', { recordingId, count }));
  }

  /** The panel with its requests and timers ends. */
  dispose(): void {
    this.overview.close();
    this.similar.close();
    this.sample.close();
  }

  async #tell<Output extends { readonly changed: boolean }>(
    ask: () => Promise<Output>,
  ): Promise<Output | null> {
    if (this.store.getState().isTelling) return null;
    this.store.setState({ isTelling: true });
    this.similar.dismiss();
    try {
      // Voices may take minutes to be heard: not a step of the synchronization, which would hold up what is typed.
      const { isDone } = await this.#sync.run({ kind: 'flush' });
      if (!isDone) return null;
      const answer = await ask();
      if (answer.changed) await this.#sync.reopen();
      await this.overview.read();
      return answer;
    } finally {
      this.store.setState({ isTelling: false });
    }
  }
}
