import type { TFunction } from 'i18next';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { VersionDifference, VersionReading } from '../../../../src/contract/views.ts';
import { cspNonce } from '../../../lib/csp-nonce.ts';
import { Caret } from '../editor/caret.ts';
import type { DifferenceMark } from '../editor/difference-marks.ts';
import type { TextRange } from '../editor/editor-state.ts';
import { editorWords } from '../editor/editor-words.ts';
import { type EditorWords, TextEditor } from '../editor/transcript-editor.ts';
import { restoreViewState } from '../editor/view-state.ts';
import { Finding } from '../find/finding.ts';
import type { SpeakerAction, TranscriptAction } from '../keys/transcript-keys.ts';
import { Playback } from '../playback/playback.ts';
import { type PlaybackAction, playbackActions } from '../playback/playback-actions.ts';

/** The actions of a read-only version. */
export type VersionAction =
  | PlaybackAction
  | Extract<TranscriptAction, 'find' | 'nextDoubt' | 'previousDoubt' | 'versions' | 'export'>;

/** What an open version needs. */
export interface VersionSurroundings {
  readonly parent: HTMLElement;
  readonly reading: VersionReading;
  readonly t: TFunction<'versions'>;
  /** The messages of any transcript. */
  readonly transcriptT: TFunction<'transcript'>;
  readonly onVersions: () => void;
  readonly onExport: () => void;
}

/** A version of a transcript to read, play and compare. Nothing in it changes. */
export class OpenVersion {
  readonly editor: TextEditor;
  readonly caret = new Caret();
  readonly playback: Playback;
  readonly finding: Finding;
  /** Index of the difference visited last; -1 before the first. */
  readonly current: StoreApi<number> = createStore(() => -1);
  readonly #places: readonly TextRange[];
  readonly #actions: Readonly<Record<VersionAction, () => void>>;
  readonly #reading: VersionReading;
  #t: VersionSurroundings['t'];

  constructor({ parent, reading, t, transcriptT, onVersions, onExport }: VersionSurroundings) {
    const { transcript, differences } = reading;
    const editor: TextEditor = new TextEditor(
      {
        readOnly: true,
        parent,
        nonce: cspNonce(),
        words: wordsOf(reading, t, transcriptT),
        onLabel: null,
        keys: [],
        onTyped: () => undefined,
        onSelection: () => this.caret.moved(editor),
        onClick: (position, plays) => this.playback.followCaret(position, plays),
        onScroll: () => undefined,
        onBlur: () => undefined,
        onUndo: () => undefined,
      },
      transcript,
    );
    this.#reading = reading;
    this.#t = t;
    this.editor = editor;
    this.playback = new Playback({
      recordingId: transcript.recordingId,
      editor,
      startMs: transcript.place.playheadMs,
      channels: transcript.channels,
      isTyping: () => false,
      onMoved: () => undefined,
      assignSpeaker: () => undefined,
    });
    this.finding = new Finding(editor, null);
    this.#actions = {
      ...playbackActions(this.playback),
      find: () => this.finding.open(),
      nextDoubt: () => this.#hop(1),
      previousDoubt: () => this.#hop(-1),
      versions: onVersions,
      export: onExport,
    };
    const marks = differences.map((difference) => marksOf(editor, difference, t));
    this.#places = marks.flatMap((own) => {
      const [first, last] = [own[0], own.at(-1)];
      return first === undefined || last === undefined ? [] : [{ from: first.from, to: last.to }];
    });
    editor.setDifferences(marks.flat());
    restoreViewState(editor, transcript.place);
  }

  /** How many ranges differ from the current text. */
  get differences(): number {
    return this.#places.length;
  }

  /** Whether it knows an action of the transcript's. */
  knows(action: TranscriptAction | SpeakerAction): action is VersionAction {
    return Object.hasOwn(this.#actions, action);
  }

  act(action: VersionAction): void {
    this.#actions[action]();
  }

  /** Switches every message to another language. */
  speak(t: VersionSurroundings['t'], transcriptT: VersionSurroundings['transcriptT']): void {
    if (t === this.#t) return;
    this.#t = t;
    const { editor } = this;
    editor.speak(wordsOf(this.#reading, t, transcriptT));
    const { differences } = this.#reading;
    editor.setDifferences(differences.flatMap((difference) => marksOf(editor, difference, t)));
  }

  close(): void {
    this.playback.close();
    this.editor.close();
  }

  /** Selects the difference after the caret, or the one before it, wrapping around. */
  #hop(direction: 1 | -1): void {
    const { editor } = this;
    const { from, to } = editor.view.state.selection.main;
    const at = this.#places[this.current.getState()];
    const isThere = at?.from === from && at.to === to;
    const count = this.#places.length;
    if (count === 0) return;
    const isBeyond = (place: TextRange) => (direction > 0 ? place.from >= from : place.from < from);
    const beyond = direction > 0 ? this.#places.findIndex(isBeyond) : this.#places.findLastIndex(isBeyond);
    const next = isThere ? this.current.getState() + direction : beyond < 0 && direction > 0 ? 0 : beyond;
    const index = (next + count) % count;
    const place = this.#places[index] as TextRange;
    this.current.setState(index);
    editor.select(place, 'center');
    editor.focus();
    this.playback.followCaret(place.from, false);
  }
}

function wordsOf(
  { version, transcript }: VersionReading,
  t: VersionSurroundings['t'],
  transcriptT: VersionSurroundings['transcriptT'],
): EditorWords {
  return editorWords(transcriptT, t('textOf', { number: version.number, name: transcript.name }));
}

function marksOf(
  editor: TextEditor,
  { pieces, current }: VersionDifference,
  t: VersionSurroundings['t'],
): DifferenceMark[] {
  return pieces.flatMap(({ segmentId, fromWord, toWord }): DifferenceMark[] => {
    const index = editor.table.indexes.get(segmentId);
    if (index === undefined) return [];
    const words = editor.wordsAt(index);
    if (fromWord === toWord) {
      const position = words[fromWord]?.from ?? words.at(-1)?.to;
      if (position === undefined) return [];
      return [{ from: position, to: position, sentence: t('nowMore', { text: current }) }];
    }
    const [first, last] = [words[fromWord], words[Math.min(toWord, words.length) - 1]];
    if (first === undefined || last === undefined) return [];
    const sentence = current === '' ? t('nowNothing') : t('now', { text: current });
    return [{ from: first.from, to: last.to, sentence }];
  });
}
