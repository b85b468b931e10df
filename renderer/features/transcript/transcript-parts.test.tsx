import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/contract/errors.ts';
import type { JobView, VersionView } from '../../../src/contract/views.ts';
import { takeLibrary } from '../../stores/library.ts';
import { useNavigation } from '../../stores/navigation.ts';
import { exampleJob, exampleRecording } from '../../testing/example-recording.ts';
import { FakeBridge } from '../../testing/fake-bridge.ts';
import { show, takeAway } from '../../testing/rendering.tsx';
import { RetranscribeBar } from './retranscribe/retranscribe-bar.tsx';
import { RetranscribeDialog } from './retranscribe/retranscribe-dialog.tsx';
import { VersionsDialog } from './versions/versions-dialog.tsx';

const RECORDING = '0198a000-0000-7000-8000-000000000000';
const JOB = '0198a000-0000-7000-8000-00000000000a';
const VERSION = '0198a000-0000-7000-8000-00000000000b';

let bridge: FakeBridge;

beforeEach(() => {
  bridge = new FakeBridge();
  bridge.install();
});
afterEach(takeAway);

/** A library with one recording and this job. */
function withJob(job: Partial<JobView>): void {
  const range = { startMs: 60_000, endMs: 90_000 };
  takeLibrary([
    exampleRecording({
      id: RECORDING,
      name: 'hearing.wav',
      job: exampleJob({ id: JOB, state: 'running', range, ...job }),
    }),
  ]);
}

it('shows how far a range is that is being retranscribed, and stops that', async () => {
  withJob({
    progress: {
      stage: 'transcribe',
      transcribedMs: 0,
      durationMs: 30_000,
      percent: 40,
      speed: null,
      readyAtMs: null,
    },
  });
  show(<RetranscribeBar recordingId={RECORDING} />);
  expect(screen.getByRole('status').textContent).toContain('Transcribing 01:00–01:30 again');
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40');
  bridge.answer('jobs.cancel', () => undefined);
  fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
  await waitFor(() => expect(bridge.inputs('jobs.cancel')).toEqual([{ jobId: JOB }]));
});

it('says why a range could not be retranscribed, and tries again', async () => {
  withJob({ state: 'failed', failure: { code: 'engine.stalled', details: {} } as JobView['failure'] });
  show(<RetranscribeBar recordingId={RECORDING} />);
  expect(screen.getByRole('alert').textContent).toContain('01:00–01:30 could not be transcribed again');
  bridge.answer('jobs.retry', () => undefined);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(bridge.inputs('jobs.retry')).toEqual([{ jobId: JOB }]));
});

it('shows nothing where nothing is retranscribed', () => {
  withJob({ state: 'done' });
  show(<RetranscribeBar recordingId={RECORDING} />);
  expect(screen.queryByRole('status')).toBeNull();
});

it('asks what is to be retranscribed, and starts it; a refusal is told and can be tried again', async () => {
  withJob({ state: 'done', range: null });
  const onClose = vi.fn();
  show(
    <RetranscribeDialog
      recordingId={RECORDING}
      choices={[
        { kind: 'passage', startMs: 1000, endMs: 3000, text: 'Good morning.' },
        { kind: 'whole', startMs: 0, endMs: null },
      ]}
      onClose={onClose}
    />,
  );
  bridge.answer('jobs.retranscribe', () => {
    throw new AppError('disk.failed', {});
  });
  const begin = screen.getByRole('button', { name: 'Transcribe again' });
  fireEvent.submit(begin.closest('form') as HTMLFormElement);
  expect(await screen.findByRole('alert')).toBeTruthy();
  expect(onClose).not.toHaveBeenCalled();
  bridge.answer('jobs.retranscribe', () => ({ jobId: JOB }));
  fireEvent.submit(begin.closest('form') as HTMLFormElement);
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(bridge.inputs('jobs.retranscribe').at(-1)).toMatchObject({ range: { startMs: 1000, endMs: 3000 } });
});

it('asks how many speak where all is transcribed again, as before unless another number is chosen', async () => {
  withJob({ state: 'done', range: null });
  show(
    <RetranscribeDialog
      recordingId={RECORDING}
      choices={[
        { kind: 'passage', startMs: 1000, endMs: 3000, text: 'Good morning.' },
        { kind: 'whole', startMs: 0, endMs: null },
      ]}
      onClose={() => undefined}
    />,
  );
  // A passage takes its speakers from the text around it.
  expect(screen.queryByLabelText('How many speak?')).toBeNull();
  fireEvent.click(screen.getAllByRole('radio')[1] as HTMLElement);
  const howMany = screen.getByLabelText('How many speak?') as HTMLSelectElement;
  expect(howMany.value).toBe('auto');
  fireEvent.change(howMany, { target: { value: 'exactly' } });
  bridge.answer('jobs.start', () => undefined);
  fireEvent.submit(howMany.closest('form') as HTMLFormElement);
  await waitFor(() =>
    expect(bridge.inputs('jobs.start')[0]?.choice.speakerCount).toEqual({ speakers: 2, isLimit: false }),
  );
});

it('lists the versions of a text, and opens the one that is chosen', async () => {
  const version: VersionView = {
    id: VERSION,
    number: 1,
    kind: 'machine',
    writtenAtMs: 0,
    model: 'base',
    language: 'en',
    complete: true,
    isLive: true,
    changedSegments: 0,
    isCurrent: false,
  };
  const current = {
    ...version,
    id: JOB,
    number: 2,
    kind: 'edited',
    isLive: false,
    changedSegments: 3,
    isCurrent: true,
  } as const;
  bridge.answer('transcripts.versions', () => [current, version]);
  show(<VersionsDialog recordingId={RECORDING} onClose={() => undefined} />);
  const rows = await screen.findAllByRole('listitem');
  expect(rows).toHaveLength(2);
  expect(rows.map((row) => row.textContent?.includes('Made while recording'))).toEqual([false, true]);
  expect(rows[0]?.querySelector('[aria-current]')).not.toBeNull();
  fireEvent.click(rows[1]?.querySelector('button') as HTMLButtonElement);
  expect(useNavigation.getState().route).toMatchObject({ recordingId: RECORDING, versionId: VERSION });
});

it('says why the versions cannot be listed', async () => {
  bridge.answer('transcripts.versions', () => {
    throw new AppError('disk.failed', {});
  });
  show(<VersionsDialog recordingId={RECORDING} onClose={() => undefined} />);
  expect(await screen.findByRole('dialog')).toBeTruthy();
  expect(screen.queryAllByRole('listitem')).toEqual([]);
});
