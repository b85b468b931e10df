import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clearLibrary, takeLibrary } from '../stores/library.ts';
import { binRecordings, moveRecordings } from '../stores/library-actions.ts';
import { clearMatters, takeMatters } from '../stores/matters.ts';
import { clearToasts } from '../stores/toasts.ts';
import { exampleRecording } from '../testing/example-recording.ts';
import { FakeBridge } from '../testing/fake-bridge.ts';
import { show, takeAway } from '../testing/rendering.tsx';
import { Notices } from './toasts.tsx';

const [FIRST, SECOND, MATTER, OTHER] = ['1', '2', '3', '4'].map(
  (digit) => `0198a000-0000-7000-8000-00000000000${digit}`,
) as [string, string, string, string];

let bridge: FakeBridge;

beforeEach(() => {
  bridge = new FakeBridge();
  bridge.install();
  for (const what of ['library.bin', 'library.restore', 'library.move'] as const)
    bridge.answer(what, () => undefined);
  takeMatters(
    [
      [MATTER, 'Hale'],
      [OTHER, 'Thornton'],
    ].map(([id = '', name = '']) => ({ id, name }) as Parameters<typeof takeMatters>[0][number]),
  );
});
afterEach(() => {
  takeAway();
  clearToasts();
  clearMatters();
  clearLibrary();
});

it('offers to take back what went into the bin', async () => {
  takeLibrary([exampleRecording({ id: FIRST })]);
  show(<Notices />);
  binRecordings([FIRST]);
  await screen.findByText('1 recording is in the bin for 30 days.');
  takeLibrary([exampleRecording({ id: FIRST, binnedAtMs: 1 })]);
  fireEvent.click(screen.getByRole('button', { name: /^Undo: / }));
  await waitFor(() => expect(bridge.inputs('library.restore')).toEqual([{ ids: [FIRST] }]));
  expect(screen.queryByText(/is in the bin/u)).toBeNull();
});

it('tells where recordings were moved to, and moves each back to where it was', async () => {
  takeLibrary([exampleRecording({ id: FIRST, matterId: OTHER }), exampleRecording({ id: SECOND })]);
  show(<Notices />);
  moveRecordings([FIRST, SECOND], MATTER);
  await screen.findByText('2 recordings are now in “Hale”.');
  fireEvent.click(screen.getByRole('button', { name: /^Undo: / }));
  await waitFor(() =>
    expect(bridge.inputs('library.move').slice(1)).toEqual([
      { ids: [FIRST], matterId: OTHER },
      { ids: [SECOND], matterId: null },
    ]),
  );
});

it('has a screen reader read each recording that is safe, though the words are the same', async () => {
  show(<Notices />);
  const told = () => screen.getByText('A recording is safe in the vault.');
  const ready = (recordingId: string) => {
    const facts = {
      durationMs: 1000,
      layout: 'single',
      channels: 1,
      sha256: null,
      incomplete: false,
    } as const;
    act(() => bridge.emit({ type: 'core', event: { type: 'recordingReady', recordingId, ...facts } }));
  };
  ready(FIRST);
  const first = told();
  ready(SECOND);
  expect(told()).not.toBe(first);
});
