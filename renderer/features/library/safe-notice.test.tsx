import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RecordingView } from '../../../src/contract/views.ts';
import { clearArrivals, noteArrival, useArrivals } from '../../stores/arrivals.ts';
import { clearLibrary, takeLibrary, takeLibraryChange } from '../../stores/library.ts';
import { exampleRecording } from '../../testing/example-recording.ts';
import { FakeBridge } from '../../testing/fake-bridge.ts';
import { show, takeAway } from '../../testing/rendering.tsx';
import { SafeArrivals, SafeNotice } from './safe-notice.tsx';

const fromRecorder = (id: string, more: Partial<RecordingView> = {}) =>
  exampleRecording({ id, name: id, sourcePath: `/media/recorder/${id}.wav`, ...more });

beforeEach(() => new FakeBridge().install());
afterEach(() => {
  takeAway();
  clearArrivals();
  clearLibrary();
});

/** Shows the notice above the list and those of two rows. */
function showNew(...recordings: RecordingView[]): void {
  takeLibrary(recordings);
  for (const { id } of recordings) noteArrival(id);
  show(
    <>
      <SafeArrivals />
      {recordings.map((recording) => (
        <SafeNotice key={recording.id} recording={recording} tabIndex={0} />
      ))}
    </>,
  );
}

it('lets the recorder be unplugged only when all that came from it is sealed', async () => {
  showNew(fromRecorder('first'), fromRecorder('second', { state: 'importing', isSafe: false }));
  expect(screen.getByRole('status').textContent).toMatch(/^1 of 2 .* Leave the recorder plugged in/u);
  expect(screen.queryByText(/can unplug/u)).toBeNull();
  takeLibraryChange([fromRecorder('second')], []);
  expect((await screen.findByText(/^All 2 new recordings .* can unplug/u)).textContent).not.toBe('');
});

it('is put away at once for all, and leaves the offer to join what belongs together', async () => {
  showNew(fromRecorder('part 1'), fromRecorder('part 2'));
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByRole('status')).toBeNull();
  expect(screen.queryByText(/Safe in the vault/u)).toBeNull();
  expect([...useArrivals.getState().fresh]).toEqual(['part 1', 'part 2']);
});

it('says it on the row of a single file, and nothing of what was recorded here', () => {
  showNew(fromRecorder('memo'), exampleRecording({ id: 'dictation' }));
  expect(screen.queryByRole('status')).toBeNull();
  expect(screen.getAllByText(/^Safe in the vault/u)).toHaveLength(1);
  expect(screen.getByText('Safe in the vault. You can unplug the recorder.')).toBeTruthy();
});
