import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../../../src/contract/errors.ts';
import { clearCaptures, takeCapture, takeUnfinished } from '../../stores/captures.ts';
import { clearLibrary, takeLibrary } from '../../stores/library.ts';
import { binRecordings } from '../../stores/library-actions.ts';
import { clearNavigation, useNavigation } from '../../stores/navigation.ts';
import { useToasts } from '../../stores/toasts.ts';
import { exampleCapture } from '../../testing/example-capture.ts';
import { exampleJob, exampleRecording } from '../../testing/example-recording.ts';
import { FakeBridge } from '../../testing/fake-bridge.ts';
import { show, takeAway } from '../../testing/rendering.tsx';
import { RecordingRow } from './recording-row.tsx';
import { SelectionBar } from './selection-bar.tsx';

const { recordingId, id: captureId } = exampleCapture();
/** The final transcript is being made while it is recorded. */
const JOB = exampleJob({ state: 'running', language: 'en', languageProbability: 0.4, position: 1 });
const RECORDED = exampleRecording({
  id: recordingId,
  state: 'importing',
  durationMs: null,
  layout: null,
  sourceStillThere: false,
  isSafe: false,
  job: JOB,
});

let bridge: FakeBridge;

beforeEach(() => {
  bridge = new FakeBridge();
  bridge.install();
  takeLibrary([RECORDED]);
});
afterEach(() => {
  takeAway();
  clearCaptures();
  clearLibrary();
  clearNavigation();
  useToasts.setState({ notices: [] });
});

function showRow(): HTMLElement {
  const nothing = () => undefined;
  show(
    <RecordingRow
      recording={RECORDED}
      rowIndex={0}
      matterName={undefined}
      showsMatter={false}
      isSelected={false}
      isFocus
      isRenaming={false}
      callbacks={{
        onPress: nothing,
        onToggle: nothing,
        onRename: nothing,
        onDragBegin: nothing,
        onDropBefore: nothing,
        canDropBefore: () => false,
      }}
    />,
  );
  return screen.getByRole('row');
}

it('shows what is being recorded by time and state, opens it, and offers nothing that makes no sense', async () => {
  takeCapture(exampleCapture());
  const row = showRow();
  expect(row.textContent).toContain('Recording0:42');
  expect(row.textContent).not.toContain('Reading and encrypting');
  for (const name of [/^Cancel/u, /^Pause/u]) expect(within(row).queryByRole('button', { name })).toBeNull();
  const actions = within(row).getByRole('button', { name: 'Actions' });
  fireEvent.keyDown(actions, { key: 'Enter' });
  const items = (await screen.findAllByRole('menuitem')).map((item) => item.textContent);
  expect(items.join(' ')).toMatch(/^Open.* Rename.* New matter$/u);
  fireEvent.keyDown(screen.getByRole('menu'), { key: 'Escape' });
  act(() => takeCapture(exampleCapture({ state: 'paused', durationMs: 61_999 })));
  expect(row.textContent).toContain('Paused1:01');
  fireEvent.click(within(row).getByRole('button', { name: 'Ward round' }));
  expect(useNavigation.getState().route).toMatchObject({ screen: 'transcript', recordingId });
});

it('stops from its row; a refusal is told, and the row stays as it is', async () => {
  takeCapture(exampleCapture());
  const row = showRow();
  bridge.answer('captures.stop', () => {
    throw new AppError('disk.failed', {});
  });
  fireEvent.click(within(row).getByRole('button', { name: 'Stop' }));
  await waitFor(() => expect(useToasts.getState().notices).toHaveLength(1));
  expect(row.textContent).toContain('Recording0:42');
  bridge.answer('captures.stop', () => exampleCapture({ state: 'done' }));
  fireEvent.click(within(row).getByRole('button', { name: 'Stop' }));
  await waitFor(() => expect(row.textContent).not.toContain('Recording0:42'));
  expect(bridge.inputs('captures.stop')).toEqual([{ id: captureId }, { id: captureId }]);
});

it('is neither thrown away nor joined while it is recorded', () => {
  takeCapture(exampleCapture());
  show(<SelectionBar selected={[RECORDED, { ...RECORDED, id: captureId }]} onClear={() => undefined} />);
  expect(screen.queryByRole('button', { name: 'Put into the bin' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Join as one recording…' })).toBeNull();
  binRecordings([recordingId]);
  expect(bridge.made).toEqual([]);
  act(() => takeCapture(exampleCapture({ state: 'done' })));
  expect(screen.getByRole('button', { name: 'Put into the bin' })).toBeTruthy();
});

it('offers to keep what was interrupted in its row too', async () => {
  takeUnfinished([{ recordingId, name: 'Ward round', startedAtMs: 0, durationMs: 62_000 }]);
  const row = showRow();
  expect(row.textContent).toContain('Interrupted after 1:02');
  bridge.answer('captures.keepUnfinished', () => undefined);
  bridge.answer('captures.unfinished', () => []);
  fireEvent.click(within(row).getByRole('button', { name: 'Keep and transcribe' }));
  await waitFor(() => expect(row.textContent).not.toContain('Interrupted'));
});
