import type { TFunction } from 'i18next';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { VersionDifference, VersionReading } from '../../../../src/contract/views.ts';
import { cspNonce } from '../../../lib/csp-nonce.ts';
import type { DifferenceMark } from '../editor/difference-marks.ts';
import type { TextRange } from '../editor/editor-state.ts';
import { type EditorWords, TranscriptEditor } from '../editor/transcript-editor.ts';
import { restorePlace } from '../editor/view-state.ts';
import { Finding } from '../find/finding.ts';
import type { SpeakerAction, TranscriptAction } from '../keys/transcript-keys.ts';
import { Playback, type PlayedText } from '../playback/playback.ts';
import { editorWords, SKIP_MS } from '../transcript-desk.ts';
import { startingState } from '../transcript-session.ts';

/** What can be done in a version that is only read. */
export type VersionAction = Extract<
  TranscriptAction,
  | 'playPause'
  | 'pause'
  | 'back'
  | 'forward'
  | 'slower'
  | 'faster'
  | 'playFromCaret'
  | 'loop'
  | 'find'
  | 'nextDoubt'
  | 'previousDoubt'
  | 'versions'
  | 'export'
>;

/** What a version's desk is given. */
export interface VersionDeskOptions {
  readonly parent: HTMLElement;
  readonly reading: VersionReading;
  readonly t: TFunction<'versions'>;
  /** The sentences of any transcript. */
  readonly transcriptT: TFunction<'transcript'>;
  readonly onVersions: () => void;
  readonly onExport: () => void;
}

/** A version of a transcript to read, play and compare. Nothing in it changes. */
export class VersionDesk {
  readonly session: PlayedText;
  readonly playback: Playback;
  readonly finding: Finding;
  /** Which difference was looked at last, from 0; -1 before the first. */
  readonly current: StoreApi<number> = createStore(() => -1);
  readonly #places: readonly TextRange[];
  readonly #actions: Readonly<Record<VersionAction, () => void>>;
  readonly #reading: VersionReading;
  #t: VersionDeskOptions['t'];

  constructor({ parent, reading, t, transcriptT, onVersions, onExport }: VersionDeskOptions) {
    const { transcript, differences } = reading;
    const state = createStore(() => startingState(transcript));
    const editor = new TranscriptEditor(
      {
        readOnly: true,
        parent,
        nonce: cspNonce(),
        words: wordsOf(reading, t, transcriptT),
        onLabel: null,
        keys: [],
        onTyped: () => undefined,
        onSelection: () => this.#selected(),
        onClick: (position, plays) => this.playback.followCaret(position, plays),
        onScroll: () => undefined,
        onBlur: () => undefined,
        onUndo: () => undefined,
      },
      transcript,
    );
    this.#reading = reading;
    this.#t = t;
    this.session = { recordingId: transcript.recordingId, editor, state };
    this.playback = new Playback(this.session, transcript.place.playheadMs, () => undefined);
    this.finding = new Finding(this.session, null);
    const { player } = this.playback;
    this.#actions = {
      playPause: () => player.toggle(),
      pause: () => player.pause(),
      back: () => player.skip(-SKIP_MS),
      forward: () => player.skip(SKIP_MS),
      slower: () => player.changeRate(-1),
      faster: () => player.changeRate(1),
      playFromCaret: () => this.playback.playFromCaret(),
      loop: () => this.playback.toggleLoop(),
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
    restorePlace(editor, transcript.place);
  }

  /** How many places differ from the current text. */
  get differences(): number {
    return this.#places.length;
  }

  /** Whether this desk knows an action of the transcript's. */
  knows(action: TranscriptAction | SpeakerAction): action is VersionAction {
    return Object.hasOwn(this.#actions, action);
  }

  act(action: VersionAction): void {
    this.#actions[action]();
  }

  /** Says everything in another language from now on. */
  speak(t: VersionDeskOptions['t'], transcriptT: VersionDeskOptions['transcriptT']): void {
    if (t === this.#t) return;
    this.#t = t;
    const { editor } = this.session;
    editor.speak(wordsOf(this.#reading, t, transcriptT));
    const { differences } = this.#reading;
    editor.setDifferences(differences.flatMap((difference) => marksOf(editor, difference, t)));
  }

  close(): void {
    this.playback.close();
    this.session.editor.close();
  }

  #selected(): void {
    const { empty } = this.session.editor.view.state.selection.main;
    const { state } = this.session;
    if (state.getState().selectionIsEmpty !== empty) state.setState({ selectionIsEmpty: empty });
  }

  /** Selects the difference behind the caret, or the one before it, going round at the ends. */
  #hop(direction: 1 | -1): void {
    const { editor } = this.session;
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
  t: VersionDeskOptions['t'],
  transcriptT: VersionDeskOptions['transcriptT'],
): EditorWords {
  return editorWords(transcriptT, t('textOf', { number: version.number, name: transcript.name }));
}

function marksOf(
  editor: TranscriptEditor,
  { pieces, current }: VersionDifference,
  t: VersionDeskOptions['t'],
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
