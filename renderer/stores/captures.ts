import { create } from 'zustand';
import type { CaptureLevel, CaptureView, LiveText, UnfinishedCapture } from '../../src/contract/capture.ts';
import { isCapturing } from '../../src/contract/capture-states.ts';

interface CapturesStore {
  /** Every session since the vault was opened, by id, in the order of their starts. */
  readonly captures: ReadonlyMap<string, CaptureView>;
  /** Recordings that were interrupted, and about which the user has not decided. */
  readonly unfinished: readonly UnfinishedCapture[];
  /** Ids of sessions and recordings whose notices were dismissed in this window. */
  readonly dismissed: ReadonlySet<string>;
  /** Whether a session is being started from this window. */
  readonly isStarting: boolean;
}

const EMPTY: CapturesStore = {
  captures: new Map(),
  unfinished: [],
  dismissed: new Set(),
  isStarting: false,
};

/** The capture sessions, as the main process last sent them. */
export const useCaptures = create<CapturesStore>(() => EMPTY);

interface CaptureLevelsStore {
  /** By session and input: see `levelKey`. */
  readonly levels: Readonly<Record<string, CaptureLevel>>;
}

/** Levels of the running sessions, ten per second, apart from the sessions so that only the meters are redrawn. */
export const useCaptureLevels = create<CaptureLevelsStore>(() => ({ levels: {} }));

interface LiveTextsStore {
  /** By recording. */
  readonly texts: Readonly<Record<string, LiveText>>;
}

/** What was said since the last committed segment of each running session. */
export const useLiveTexts = create<LiveTextsStore>(() => ({ texts: {} }));

/** The key of an input's level. */
export function levelKey(captureId: string, input: CaptureLevel['input']): string {
  return `${captureId} ${input}`;
}

/** Sets all sessions. */
export function takeCaptures(captures: readonly CaptureView[]): void {
  useCaptures.setState({ captures: new Map(captures.map((capture) => [capture.id, capture])) });
}

/** Applies a session's change. One that has ended leaves no level and no live text. */
export function takeCapture(capture: CaptureView): void {
  useCaptures.setState(({ captures }) => ({ captures: new Map(captures).set(capture.id, capture) }));
  if (isCapturing(capture.state)) return;
  useCaptureLevels.setState(({ levels }) => ({
    levels: Object.fromEntries(Object.entries(levels).filter(([, level]) => level.captureId !== capture.id)),
  }));
  useLiveTexts.setState(({ texts }) => ({
    texts: Object.fromEntries(Object.entries(texts).filter(([, text]) => text.captureId !== capture.id)),
  }));
}

/** Applies an input's level. */
export function takeCaptureLevel(level: CaptureLevel): void {
  useCaptureLevels.setState(({ levels }) => ({
    levels: { ...levels, [levelKey(level.captureId, level.input)]: level },
  }));
}

/** Applies the live text of a running session. */
export function takeLiveText(text: LiveText): void {
  const capture = useCaptures.getState().captures.get(text.captureId);
  if (capture !== undefined && !isCapturing(capture.state)) return;
  useLiveTexts.setState(({ texts }) => ({ texts: { ...texts, [text.recordingId]: text } }));
}

/**
 * Words of the live text were committed as segments: they are in the text itself from now on. The event that shortens
 * the live text may come later.
 */
export function takeCommitted(recordingId: string, words: string): void {
  const text = useLiveTexts.getState().texts[recordingId];
  const committed = words.trim();
  if (text === undefined || committed === '' || !text.confirmed.trimStart().startsWith(committed)) return;
  const confirmed = text.confirmed.trimStart().slice(committed.length).trimStart();
  takeLiveText({ ...text, confirmed });
}

/** Sets the interrupted recordings. */
export function takeUnfinished(unfinished: readonly UnfinishedCapture[]): void {
  useCaptures.setState({ unfinished });
}

/** A session is being started, or has been. */
export function setStarting(isStarting: boolean): void {
  useCaptures.setState({ isStarting });
}

/** Dismisses the notice about a session or an interrupted recording. */
export function dismissCapture(id: string): void {
  useCaptures.setState(({ dismissed }) => ({ dismissed: new Set(dismissed).add(id) }));
}

/** The running sessions, the newest last. */
export function runningCaptures(captures: CapturesStore['captures']): CaptureView[] {
  return [...captures.values()].filter(({ state }) => isCapturing(state));
}

/** The running session of a recording; null if it has none. */
export function captureOf(captures: CapturesStore['captures'], recordingId: string): CaptureView | null {
  for (const capture of captures.values())
    if (capture.recordingId === recordingId && isCapturing(capture.state)) return capture;
  return null;
}

/** The running session of a recording, in a component. */
export function useCaptureOf(recordingId: string): CaptureView | null {
  return useCaptures(({ captures }) => captureOf(captures, recordingId));
}

/** Whether a recording is being recorded. */
export function isBeingRecorded(recordingId: string): boolean {
  return captureOf(useCaptures.getState().captures, recordingId) !== null;
}

/** Clears the stores: the vault is locked, or behind the curtain. */
export function clearCaptures(): void {
  useCaptures.setState(EMPTY, true);
  useCaptureLevels.setState({ levels: {} });
  useLiveTexts.setState({ texts: {} });
}
