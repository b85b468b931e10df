import { EditorView } from '@codemirror/view';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/contract/errors.ts';
import type { RecordingView, VersionView } from '../../../src/contract/views.ts';
import { clearCaptures, takeCapture, takeCommitted, takeLiveText } from '../../stores/captures.ts';
import { clearFinalTranscripts, takeFinalTranscript } from '../../stores/final-transcripts.ts';
import { clearLibrary, takeLibrary } from '../../stores/library.ts';
import { clearNavigation, useNavigation } from '../../stores/navigation.ts';
import { setMarker } from '../../stores/recording-actions.ts';
import { useToasts } from '../../stores/toasts.ts';
import { exampleCapture } from '../../testing/example-capture.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { show, takeAway } from '../../testing/rendering.tsx';
import { exampleSegment } from './document/example-segments.ts';
import { openedTranscript, RECORDING, transcriptBridge } from './testing/transcript-bridge.ts';
import { TranscriptScreen } from './transcript-screen.tsx';

const JOB = '0198a000-0000-7000-8000-00000000000a';
const VERSION = '0198a000-0000-7000-8000-00000000000b';
const MARKER = { id: '0198a000-0000-7000-8000-00000000000c', atMs: 2250, label: '' };
const FIRST = exampleSegment('a', 0, 'The patient is well.');
const SECOND = exampleSegment('b', 2000, 'He has no fever.');

let bridge: FakeBridge;

beforeEach(() => {
  bridge = transcriptBridge([FIRST]);
  bridge.answer('transcripts.open', () => ({ ...openedTranscript([FIRST]), complete: false }));
});
afterEach(() => {
  takeAway();
  clearCaptures();
  clearFinalTranscripts();
  clearLibrary();
  clearNavigation();
  useToasts.setState({ notices: [] });
});

async function open(): Promise<EditorView> {
  show(<TranscriptScreen recordingId={RECORDING} segmentId={null} play={false} />);
  const text = await screen.findByRole('textbox', { name: 'Transcript of hearing.wav' });
  return EditorView.findFromDOM(text) as EditorView;
}

function hear(confirmed: string, interim: string): void {
  const captureId = exampleCapture().id;
  act(() => takeLiveText({ captureId, recordingId: RECORDING, confirmed, interim }));
}

function inLibrary(more: Partial<RecordingView>): void {
  act(() =>
    takeLibrary([{ id: RECORDING, name: 'hearing.wav', assumed: null, job: null, ...more } as RecordingView]),
  );
}

const confirmed = () => document.querySelector('.vs-live-confirmed')?.textContent;
const interim = () => document.querySelector('.vs-live-interim')?.textContent;

it('shows words as they come behind the text, and replaces the interim ones', async () => {
  takeCapture(exampleCapture());
  const view = await open();
  hear('', 'he has');
  expect(interim()).toBe(' he has');
  const element = document.querySelector('.vs-live');
  hear('He has', 'no feather');
  expect([confirmed(), interim()]).toEqual([' He has', ' no feather']);
  hear('He has no', 'fever');
  expect([confirmed(), interim()]).toEqual([' He has no', ' fever']);
  expect(document.querySelector('.vs-live')).toBe(element);
  expect(view.state.doc.toString()).toBe('The patient is well.');
  expect(bridge.inputs('transcripts.edit')).toEqual([]);
});

it('holds no word twice when it becomes a part of the text, and none while it is edited', async () => {
  takeCapture(exampleCapture());
  const view = await open();
  hear('He has no fever. He', 'coughs');
  act(() => {
    bridge.emit({
      type: 'segmentsArrived',
      recordingId: RECORDING,
      jobId: null,
      segments: [SECOND],
      skipped: [],
      otherLanguages: [],
    });
    takeCommitted(RECORDING, SECOND.text);
  });
  await waitFor(() => expect(view.state.doc.toString()).toBe('The patient is well. He has no fever.'));
  expect([confirmed(), interim()]).toEqual([' He', ' coughs']);
  const from = view.state.doc.toString().indexOf('fever');
  bridge.answer('transcripts.edit', () => [
    {
      recordingId: RECORDING,
      after: 'a',
      removed: ['b'],
      inserted: [{ ...SECOND, text: 'He has no chills.' }],
      canUndo: true,
      canRedo: false,
    },
  ]);
  act(() => view.dispatch({ changes: { from, to: from + 5, insert: 'chills' }, userEvent: 'input' }));
  await waitFor(() =>
    expect(bridge.inputs('transcripts.edit')).toMatchObject([
      { segments: ['b'], texts: ['He has no chills.'] },
    ]),
  );
  hear('He coughs', '');
  expect(confirmed()).toBe(' He coughs');
});

it('goes along with the words until the reader works in the text or leaves them, and again when asked', async () => {
  takeCapture(exampleCapture());
  const view = await open();
  const { scrollDOM } = view;
  vi.spyOn(scrollDOM, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 800, 400));
  Object.defineProperty(scrollDOM, 'clientHeight', { value: 400 });
  let bottom = 350;
  const rect = () => new DOMRect(0, bottom - scrollDOM.scrollTop - 20, 100, 20);
  const measure = () => act(() => new Promise((resolve) => setTimeout(resolve, 60)));
  hear('He', '');
  vi.spyOn(document.querySelector('.vs-live') as Element, 'getBoundingClientRect').mockImplementation(rect);
  hear('He has', '');
  await measure();
  expect(scrollDOM.scrollTop).toBe(50);
  fireEvent.wheel(scrollDOM, { deltaY: -100 });
  bottom = 900;
  hear('He has no', '');
  await measure();
  expect(scrollDOM.scrollTop).toBe(50);
  fireEvent.click(await screen.findByRole('button', { name: 'To the newest words' }));
  hear('He has no fever', '');
  await measure();
  expect(scrollDOM.scrollTop).toBe(600);
  expect(screen.queryByRole('button', { name: 'To the newest words' })).toBeNull();
});

it('says what to do before the first word, and that a pause records nothing', async () => {
  bridge.answer('transcripts.open', () => ({ ...openedTranscript([]), complete: false }));
  takeCapture(exampleCapture());
  await open();
  expect(await screen.findByText('Speak: your words appear here.')).toBeTruthy();
  act(() => takeCapture(exampleCapture({ state: 'paused' })));
  expect(screen.getByText('Paused. Nothing is being recorded.')).toBeTruthy();
  hear('', 'Good morning');
  expect(screen.queryByText('Paused. Nothing is being recorded.')).toBeNull();
  expect(interim()).toBe('Good morning');
});

it('waits for the text of a recording without live text, and opens it once it is there', async () => {
  bridge.answer('transcripts.open', () => {
    throw new AppError('recording.notTranscribed', { name: 'hearing.wav' });
  });
  takeCapture(exampleCapture({ liveModel: null }));
  inLibrary({ state: 'importing', hasTranscript: false });
  show(<TranscriptScreen recordingId={RECORDING} segmentId={null} play={false} />);
  expect(await screen.findByText(/Recording without live text/u)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Show the library' })).toBeNull();
  bridge.answer('transcripts.open', () => openedTranscript([FIRST]));
  inLibrary({ state: 'importing', hasTranscript: true });
  expect(await screen.findByRole('textbox', { name: 'Transcript of hearing.wav' })).toBeTruthy();
});

it('plays nothing into the microphone, and is the whole transcript after the end', async () => {
  takeCapture(exampleCapture());
  inLibrary({ state: 'importing', hasTranscript: true });
  const view = await open();
  const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
  expect(screen.queryByRole('region', { name: 'Sound' })).toBeNull();
  fireEvent.keyDown(view.contentDOM, { key: 'Escape' });
  expect(play).not.toHaveBeenCalled();
  hear('He has no', 'fever');
  bridge.answer('transcripts.open', () => openedTranscript([FIRST, SECOND]));
  act(() => takeCapture(exampleCapture({ state: 'done' })));
  expect(await screen.findByRole('region', { name: 'Sound' })).toBeTruthy();
  expect(document.querySelector('.vs-live')).toBeNull();
  await waitFor(() => expect(view.state.doc.toString()).toBe('The patient is well. He has no fever.'));
  const asked = bridge.inputs('transcripts.open').length;
  inLibrary({ state: 'ready', hasTranscript: true });
  await waitFor(() => expect(bridge.inputs('transcripts.open')).toHaveLength(asked + 1));
  fireEvent.keyDown(view.contentDOM, { key: 'Escape' });
  expect(play).toHaveBeenCalled();
  play.mockRestore();
});

it('shows the words of a recording that runs when the page is opened anew', async () => {
  takeCapture(exampleCapture());
  hear('He has', 'no');
  await open();
  expect([confirmed(), interim()]).toEqual([' He has', ' no']);
});

it('tells of the final transcript: that it comes, that it is there, and what stayed as it was corrected', async () => {
  const job = {
    id: JOB,
    state: 'running',
    range: null,
    failure: null,
    progress: null,
  } as RecordingView['job'];
  takeCapture(exampleCapture({ state: 'done' }));
  inLibrary({ state: 'ready', hasTranscript: true, job });
  const view = await open();
  expect(screen.getByText(/^The final transcript is being made/u)).toBeTruthy();
  const final = {
    type: 'finalTranscribed',
    recordingId: RECORDING,
    jobId: JOB,
    version: { number: 2, earlierNumber: 1 },
    keptEdits: 2,
    liveRanges: [],
  } as const;
  bridge.answer('transcripts.open', () => openedTranscript([{ ...FIRST, id: 'x', text: 'Made anew.' }]));
  act(() => {
    takeFinalTranscript({ ...final, liveRanges: [] });
    bridge.emit({ type: 'core', event: { ...final, liveRanges: [] } });
  });
  expect(screen.getByText(/2 passages are as you left them/u)).toBeTruthy();
  await waitFor(() => expect(view.state.doc.toString()).toBe('Made anew.'));
  const kept = {
    segmentIds: ['x'],
    machineIds: ['m'],
    startMs: 2000,
    endMs: 3000,
    text: 'He has no fever.',
    heard: 'He has a fever.',
  };
  bridge.answer('transcripts.keptEdits', () => [kept]);
  fireEvent.click(screen.getByRole('button', { name: 'Compare' }));
  const offer = within(await screen.findByRole('dialog', { name: 'Your corrections and what was heard' }));
  expect(offer.getByText('He has no fever.')).toBeTruthy();
  expect(offer.getByText('He has a fever.')).toBeTruthy();
  bridge.answer('transcripts.keptEdits', () => []);
  bridge.answer('transcripts.takeHeard', () => [
    {
      recordingId: RECORDING,
      after: null,
      removed: ['x'],
      inserted: [{ ...FIRST, id: 'm', text: 'He has a fever.' }],
      canUndo: true,
      canRedo: false,
    },
  ]);
  fireEvent.click(offer.getByRole('button', { name: 'Take what was heard at 00:02' }));
  await waitFor(() => expect(view.state.doc.toString()).toBe('He has a fever.'));
  expect(bridge.inputs('transcripts.takeHeard')).toEqual([{ recordingId: RECORDING, machineIds: ['m'] }]);
  expect(await offer.findByText('No correction differs from what was heard.')).toBeTruthy();
  fireEvent.click(offer.getByRole('button', { name: 'Close' }));
  act(() => takeFinalTranscript({ ...final, keptEdits: 0, liveRanges: [] }));
  bridge.answer('transcripts.versions', () => [
    {
      id: VERSION,
      number: 1,
      kind: 'edited',
      writtenAtMs: 0,
      model: 'tiny.en',
      language: 'en',
      complete: true,
      isLive: true,
      changedSegments: 2,
      isCurrent: false,
    } satisfies VersionView,
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'Compare' }));
  await waitFor(() => expect(useNavigation.getState().route).toMatchObject({ versionId: VERSION }));
});

it('keeps the live text, says so and tries again where the final transcript fails or is empty', async () => {
  const job = { id: JOB, state: 'failed', range: null, failure: null } as RecordingView['job'];
  takeCapture(exampleCapture({ state: 'done' }));
  inLibrary({ state: 'ready', hasTranscript: true, job });
  await open();
  expect(screen.getByRole('alert').textContent).toContain('Recording and live text are kept.');
  bridge.answer('jobs.retry', () => undefined);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(bridge.inputs('jobs.retry')).toEqual([{ jobId: JOB }]));
  act(() =>
    takeFinalTranscript({
      type: 'finalTranscribed',
      recordingId: RECORDING,
      jobId: JOB,
      version: null,
      keptEdits: 0,
      liveRanges: [],
    }),
  );
  expect(screen.getByText('The final transcript found no words. The live text is kept.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Compare' })).toBeNull();
});

it('shows markers at their times, plays from them, names and deletes them', async () => {
  bridge.answer('transcripts.open', () => openedTranscript([FIRST, SECOND]));
  bridge.answer('markers.list', () => [MARKER]);
  const view = await open();
  const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
  const mark = await screen.findByRole('button', { name: 'Marker at 00:02' });
  await waitFor(() => {
    const position = view.posAtDOM(screen.getByRole('button', { name: 'Marker at 00:02' }));
    expect(view.state.doc.sliceString(position, position + 3)).toBe('He ');
  });
  // Here a selection in a text with the focus is told within its own update, as in no browser.
  view.contentDOM.blur();
  vi.spyOn(view, 'focus').mockImplementation(() => undefined);
  fireEvent.click(mark);
  expect(play).toHaveBeenCalled();
  play.mockRestore();
  fireEvent.click(screen.getByRole('button', { name: '1 marker' }));
  const menu = within(await screen.findByRole('dialog', { name: 'Markers' }));
  bridge.answer('markers.save', () => undefined);
  const name = menu.getByRole('textbox', { name: 'Name of the marker at 00:02' });
  fireEvent.change(name, { target: { value: 'Fever' } });
  fireEvent.keyDown(name, { key: 'Enter' });
  await waitFor(() =>
    expect(bridge.inputs('markers.save')).toEqual([
      { recordingId: RECORDING, marker: { ...MARKER, label: 'Fever' } },
    ]),
  );
  expect(view.dom.querySelector('.vs-marker')?.textContent).toBe('⚑ Fever');
  bridge.answer('markers.delete', () => undefined);
  fireEvent.click(menu.getByRole('button', { name: 'Delete the marker at 00:02' }));
  await waitFor(() => expect(view.dom.querySelector('.vs-marker')).toBeNull());
  expect(view.state.doc.toString()).toBe('The patient is well. He has no fever.');
  const notice = useToasts.getState().notices.at(-1);
  expect(notice).toMatchObject({ kind: 'done', text: 'The marker at 00:02 was deleted.' });
  act(() => notice?.kind === 'done' && notice.undo?.());
  await waitFor(() => expect(view.dom.querySelector('.vs-marker')?.textContent).toBe('⚑ Fever'));
  expect(bridge.inputs('markers.save').at(-1)).toEqual({
    recordingId: RECORDING,
    marker: { ...MARKER, label: 'Fever' },
  });
});

it('takes markers as they are set elsewhere, and sets one at the playhead where nothing is recorded', async () => {
  bridge.answer('transcripts.open', () => openedTranscript([FIRST, SECOND]));
  await open();
  act(() => bridge.emit({ type: 'markersChanged', recordingId: RECORDING, markers: [MARKER] }));
  expect(await screen.findByRole('button', { name: 'Marker at 00:02' })).toBeTruthy();
  bridge.answer('markers.save', () => undefined);
  act(() => setMarker());
  await waitFor(() => expect(bridge.inputs('markers.save')).toMatchObject([{ marker: { atMs: 0 } }]));
  takeCapture(exampleCapture());
  bridge.answer('captures.mark', () => ({ ...MARKER, id: JOB }));
  act(() => setMarker());
  await waitFor(() => expect(bridge.inputs('captures.mark')).toHaveLength(1));
  expect(bridge.inputs('markers.save')).toHaveLength(1);
});
