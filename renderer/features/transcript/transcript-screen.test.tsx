import { EditorView } from '@codemirror/view';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../../../src/contract/errors.ts';
import type { EditableSegment, TranscriptPatch } from '../../../src/contract/views.ts';
import { useToasts } from '../../stores/toasts.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { show, takeAway } from '../../testing/rendering.tsx';
import { exampleSegment } from './document/example-segments.ts';
import { openedTranscript, RECORDING, transcriptBridge } from './testing/transcript-bridge.ts';
import { TranscriptScreen } from './transcript-screen.tsx';

const JOB = '0198a000-0000-7000-8000-00000000000a';
const FIRST = exampleSegment('a', 0, 'Doctor Meier came in.', { speaker: 'Ann' });
const SECOND = exampleSegment('b', 2000, 'He greeted everyone.', { speaker: 'Ann' });
const THIRD = exampleSegment('c', 4000, 'Then Meier left.', { speaker: 'Ben' });
const SEGMENTS = [FIRST, SECOND, THIRD];

let bridge: FakeBridge;

beforeEach(() => {
  bridge = transcriptBridge(SEGMENTS);
});
afterEach(() => {
  takeAway();
  useToasts.setState({ notices: [] });
});

function patch(...inserted: EditableSegment[]): TranscriptPatch[] {
  return inserted.map((segment) => ({
    recordingId: RECORDING,
    after: null,
    removed: [segment.id],
    inserted: [segment],
    canUndo: true,
    canRedo: false,
  }));
}

/** Opens the transcript; returns its editor. */
async function open(): Promise<EditorView> {
  show(<TranscriptScreen recordingId={RECORDING} segmentId={null} play={false} />);
  const text = await screen.findByRole('textbox', { name: 'Transcript of hearing.wav' });
  return EditorView.findFromDOM(text) as EditorView;
}

/** Types a text over another one, as the user would. */
function type(view: EditorView, over: string, text: string): void {
  const from = view.state.doc.toString().indexOf(over);
  act(() => view.dispatch({ changes: { from, to: from + over.length, insert: text }, userEvent: 'input' }));
}

function saved(): string | null {
  return document.querySelector('[data-saved]')?.getAttribute('data-saved') ?? null;
}

it('shows the text, stores what is typed, and says when it is stored', async () => {
  const view = await open();
  expect(view.state.doc.toString()).toBe('Doctor Meier came in. He greeted everyone.\nThen Meier left.');
  expect(screen.getByText('Saved')).toBeTruthy();
  const held = bridge.hold('transcripts.edit');
  type(view, 'greeted', 'welcomed');
  expect(screen.getByText('Saving…')).toBeTruthy();
  held.answer(patch({ ...SECOND, text: 'He welcomed everyone.' }));
  await waitFor(() => expect(saved()).toBe('saved'));
  expect(bridge.inputs('transcripts.edit')).toMatchObject([
    { segments: ['b'], texts: ['He welcomed everyone.'] },
  ]);
});

it('says that something could not be stored, keeps it, and stores it when asked', async () => {
  const view = await open();
  bridge.answer('transcripts.edit', () => {
    throw new AppError('disk.failed', {});
  });
  type(view, 'greeted', 'welcomed');
  await waitFor(() => expect(screen.getByText('Not saved yet')).toBeTruthy());
  await waitFor(() =>
    expect(bridge.inputs('transcripts.keepUnsaved').at(-1)?.text.runs[0]?.texts).toEqual([
      'He welcomed everyone.',
    ]),
  );
  const [notice] = useToasts.getState().notices;
  bridge.answer('transcripts.edit', () => patch({ ...SECOND, text: 'He welcomed everyone.' }));
  act(() => (notice?.kind === 'error' ? notice.retry?.() : undefined));
  await waitFor(() => expect(saved()).toBe('saved'));
  expect(useToasts.getState().notices).toEqual([]);
});

it('undoes and redoes from the header, and takes what came of it', async () => {
  const view = await open();
  const undo = () => screen.getByRole('button', { name: /^Undo/u });
  expect(undo().getAttribute('aria-disabled')).toBe('true');
  const changed = { ...SECOND, text: 'He welcomed everyone.' };
  bridge.answer('transcripts.edit', () => patch(changed));
  type(view, 'greeted', 'welcomed');
  await waitFor(() => expect(saved()).toBe('saved'));
  expect(undo().getAttribute('aria-disabled')).toBeNull();
  bridge.answer('transcripts.undo', () => patch(SECOND));
  fireEvent.click(undo());
  await waitFor(() => expect(view.state.doc.toString()).toContain('He greeted everyone.'));
});

it('finds a text, goes through its places, and replaces all of them', async () => {
  const view = await open();
  fireEvent.click(screen.getByRole('button', { name: /^Find/u }));
  const bar = within(document.querySelector('search') as HTMLElement);
  fireEvent.change(bar.getByRole('textbox', { name: 'Find' }), {
    target: { value: 'meier' },
  });
  await waitFor(() => expect(bar.getByText('1 of 2')).toBeTruthy());
  fireEvent.click(bar.getByRole('button', { name: /^Next/u }));
  expect(bar.getByText('2 of 2')).toBeTruthy();
  expect(view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to)).toBe('Meier');
  fireEvent.change(bar.getByRole('textbox', { name: 'Replace with' }), { target: { value: 'Mayer' } });
  bridge.answer('transcripts.replaceAll', () => ({
    count: 2,
    patches: patch({ ...FIRST, text: 'Doctor Mayer came in.' }, { ...THIRD, text: 'Then Mayer left.' }),
  }));
  fireEvent.click(bar.getByRole('button', { name: 'Replace all' }));
  await waitFor(() => expect(view.state.doc.toString()).toContain('Then Mayer left.'));
  expect(bridge.inputs('transcripts.replaceAll')).toMatchObject([
    { find: 'meier', replacement: 'Mayer', segments: null },
  ]);
});

it('asks who speaks, and gives the answer to the paragraph at the caret', async () => {
  const view = await open();
  fireEvent.click(screen.getByRole('button', { name: /^Who speaks here/u }));
  const menu = within(await screen.findByRole('dialog', { name: 'Who speaks here?' }));
  expect(menu.getByRole('button', { name: /Ann$/u }).getAttribute('aria-pressed')).toBe('true');
  bridge.answer('transcripts.assignSpeaker', () =>
    patch({ ...FIRST, speaker: 'Ben' }, { ...SECOND, speaker: 'Ben' }),
  );
  fireEvent.click(menu.getByRole('button', { name: /Ben$/u }));
  await waitFor(() => expect(view.state.doc.lines).toBe(1));
  expect(bridge.inputs('transcripts.assignSpeaker')).toMatchObject([
    { segments: ['a', 'b'], speaker: 'Ben' },
  ]);
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('offers to correct a name elsewhere too, and replaces where that is accepted', async () => {
  const view = await open();
  bridge.answer('transcripts.edit', () => patch({ ...FIRST, text: 'Doctor Mayer came in.' }));
  type(view, 'Meier', 'Mayer');
  const review = await screen.findByRole('button', { name: /^1 more/u }, { timeout: 3000 });
  fireEvent.click(review);
  const steps = within(screen.getByRole('region', { name: 'Review' }));
  bridge.answer('transcripts.replaceAll', () => ({
    count: 1,
    patches: patch({ ...THIRD, text: 'Then Mayer left.' }),
  }));
  fireEvent.click(steps.getByRole('button', { name: 'Replace' }));
  await waitFor(() =>
    expect(bridge.inputs('transcripts.replaceAll')).toMatchObject([
      { find: 'Meier', replacement: 'Mayer', segments: ['c'] },
    ]),
  );
});

it('takes words as they arrive, and leaves those that are there', async () => {
  const view = await open();
  act(() =>
    bridge.emit({
      type: 'segmentsArrived',
      recordingId: RECORDING,
      jobId: JOB,
      segments: [exampleSegment('d', 8000, 'And came back.', { speaker: 'Ben' })],
      skipped: [{ startMs: 5000, endMs: 8000, reason: 'notUnderstood' }],
      otherLanguages: [],
    }),
  );
  await waitFor(() => expect(view.state.doc.toString()).toContain('Then Meier left.\nAnd came back.'));
  expect(screen.getByRole('button', { name: /1 stretch not understood/u })).toBeTruthy();
});

it('opens the text again when a range was retranscribed, with what is typed meanwhile', async () => {
  const view = await open();
  const held = bridge.hold('transcripts.open');
  act(() =>
    bridge.emit({
      type: 'core',
      event: {
        type: 'rangeRetranscribed',
        recordingId: RECORDING,
        jobId: JOB,
        span: { startMs: 0, endMs: 2000 },
        version: { number: 2, earlierNumber: 1 },
      },
    }),
  );
  await waitFor(() => expect(bridge.inputs('transcripts.open')).toHaveLength(2));
  bridge.answer('transcripts.edit', () => patch({ ...THIRD, text: 'Then Meier left us.' }));
  type(view, 'left', 'left us');
  held.answer(
    openedTranscript([exampleSegment('x', 0, 'Heard again.', { speaker: 'Ann' }), ...SEGMENTS.slice(1)]),
  );
  await waitFor(() =>
    expect(view.state.doc.toString()).toBe('Heard again. He greeted everyone.\nThen Meier left us.'),
  );
  await waitFor(() => expect(saved()).toBe('saved'));
});

it('tells why a text cannot be opened, and tries again', async () => {
  bridge.answer('transcripts.open', () => {
    throw new AppError('disk.failed', {});
  });
  show(<TranscriptScreen recordingId={RECORDING} segmentId={null} play={false} />);
  const again = await screen.findByRole('button', { name: 'Try again' });
  bridge.answer('transcripts.open', () => openedTranscript(SEGMENTS));
  fireEvent.click(again);
  expect(await screen.findByRole('textbox', { name: 'Transcript of hearing.wav' })).toBeTruthy();
});

it('puts the keyboard into the text, where the user was', async () => {
  const place = { segmentId: 'c', offset: 4, scrollMs: 2500, playheadMs: 2500 };
  bridge.answer('transcripts.open', () => ({ ...openedTranscript(SEGMENTS), place }));
  const view = await open();
  await waitFor(() => expect(document.activeElement).toBe(view.contentDOM));
  expect(view.state.selection.main.head).toBe(view.state.doc.toString().indexOf('Then') + 4);
});
