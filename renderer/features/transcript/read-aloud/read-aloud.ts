import { createStore, type StoreApi } from 'zustand';
import { AppError } from '../../../../src/contract/errors.ts';
import { languageName } from '../../../../src/contract/languages.ts';
import {
  BUNDLED_VOICE_LANGUAGE,
  LONGEST_SPOKEN,
  type SpokenFormat,
} from '../../../../src/contract/read-aloud.ts';
import { request } from '../../../lib/client.ts';
import { shownLanguage } from '../../../lib/i18n.ts';
import { useApp } from '../../../stores/app.ts';
import type { TextEditor } from '../editor/transcript-editor.ts';
import type { Playback } from '../playback/playback.ts';
import { fetchSentence, playSentence } from './bundled-voice.ts';
import { localVoice, sayWithSystem } from './system-voice.ts';

/** Speeds to choose from. */
export const READING_SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;

/** What is read: the selection or the paragraph at the caret, or all from there on. */
export type ReadingExtent = 'here' | 'onwards';

interface ReadAloudState {
  readonly isReading: boolean;
  readonly speed: number;
  /** Whether a sound file is being made. */
  readonly isSaving: boolean;
}

interface Sentence {
  readonly text: string;
  /** Its place in the document. */
  readonly from: number;
  readonly language: string;
}

/** Reads an open text aloud, the word marked that is said; what plays stops meanwhile. */
export class ReadAloud {
  readonly store: StoreApi<ReadAloudState> = createStore(() => ({
    isReading: false,
    speed: 1,
    isSaving: false,
  }));
  readonly #editor: TextEditor;
  readonly #playback: Playback;
  readonly #onError: (thrown: unknown) => void;
  #reading: AbortController | null = null;
  #context: AudioContext | null = null;

  constructor(editor: TextEditor, playback: Playback, onError: (thrown: unknown) => void) {
    this.#editor = editor;
    this.#playback = playback;
    this.#onError = onError;
  }

  /** Starts, or stops what is being read. */
  toggle(extent: ReadingExtent): void {
    if (this.#reading === null) void this.#read(extent);
    else this.stop();
  }

  stop(): void {
    this.#reading?.abort();
  }

  /** Counts from the next sentence on. */
  setSpeed(speed: number): void {
    this.store.setState({ speed });
  }

  /** Lets the user choose a file, and reads the whole text into it. Returns its path, null if cancelled. Throws AppErrors. */
  async save(recordingId: string, format: SpokenFormat): Promise<string | null> {
    this.store.setState({ isSaving: true });
    try {
      const { speed } = this.store.getState();
      return (await request('readAloud.save', { recordingId, format, speed })).path;
    } finally {
      this.store.setState({ isSaving: false });
    }
  }

  close(): void {
    this.stop();
    void this.#context?.close();
    this.#context = null;
  }

  async #read(extent: ReadingExtent): Promise<void> {
    const reading = new AbortController();
    this.#reading = reading;
    this.#playback.player.pause();
    this.store.setState({ isReading: true });
    try {
      const sentences = sentencesIn(this.#editor, extent);
      let next = this.#prepared(sentences[0]);
      for (const [index, sentence] of sentences.entries()) {
        if (reading.signal.aborted || this.#playback.player.playing) break;
        const prepared = await next;
        // The voice works on the next sentence while this one is heard.
        next = this.#prepared(sentences[index + 1]);
        await this.#say(sentence, prepared, reading.signal);
      }
    } catch (thrown) {
      this.#onError(thrown);
    } finally {
      this.#reading = null;
      this.#editor.setSpoken(null);
      this.store.setState({ isReading: false });
    }
  }

  /** What has to be fetched for a sentence: its sound, unless the system says it. */
  async #prepared(sentence: Sentence | undefined) {
    if (sentence === undefined || this.#systemVoice(sentence.language) !== null) return null;
    if (sentence.language !== BUNDLED_VOICE_LANGUAGE) return null;
    const sound = fetchSentence(sentence.text, this.store.getState().speed);
    // Awaited when its turn comes; until then a failure is no unhandled rejection.
    sound.catch(() => undefined);
    return { sound };
  }

  async #say(
    { text, from, language }: Sentence,
    prepared: { readonly sound: ReturnType<typeof fetchSentence> } | null,
    signal: AbortSignal,
  ): Promise<void> {
    const length = () => this.#editor.view.state.doc.length;
    const onWord = (first: number, last: number) => {
      if (from + last > length()) return;
      this.#editor.setSpoken({ from: from + first, to: from + last });
      if (!this.#editor.isInSight(from + first)) this.#editor.reveal(from + first, 'center');
    };
    if (prepared !== null) {
      this.#context ??= new AudioContext();
      return await playSentence(this.#context, await prepared.sound, { signal, onWord });
    }
    const voice = this.#systemVoice(language);
    if (voice === null) {
      const name = languageName(language, shownLanguage(useApp.getState().state));
      throw new AppError('voice.noVoice', { language: name });
    }
    await sayWithSystem(speechSynthesis, voice, { text, speed: this.store.getState().speed, signal, onWord });
  }

  #systemVoice(language: string): SpeechSynthesisVoice | null {
    return 'speechSynthesis' in window ? localVoice(speechSynthesis.getVoices(), language) : null;
  }
}

/** The sentences to read, with their places and languages. */
function sentencesIn({ view, table }: TextEditor, extent: ReadingExtent): Sentence[] {
  const { doc, selection } = view.state;
  const { main } = selection;
  const from = main.empty ? doc.lineAt(main.head).from : main.from;
  const to = extent === 'onwards' ? doc.length : main.empty ? doc.lineAt(main.head).to : main.to;
  return [...table.segments].flatMap((segment, index): Sentence[] => {
    const start = Math.max(from, table.from[index] ?? 0);
    const end = Math.min(to, table.to[index] ?? 0);
    if (end <= start) return [];
    const { language } = segment;
    const parts = [
      ...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(doc.sliceString(start, end)),
    ];
    return parts.map(({ segment: text, index: at }) => ({
      text: text.slice(0, LONGEST_SPOKEN),
      from: start + at,
      language,
    }));
  });
}
