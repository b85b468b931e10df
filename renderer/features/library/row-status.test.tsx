import { act, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { RecordingView } from '../../../src/contract/views.ts';
import { clearRetention, useRetention } from '../../stores/retention.ts';
import { exampleJob, exampleRecording } from '../../testing/example-recording.ts';
import { FakeBridge } from '../../testing/fake-bridge.ts';
import { show, takeAway } from '../../testing/rendering.tsx';
import { LanguageChip } from './language-chip.tsx';
import { DoneMark, RowStatus } from './row-status.tsx';
import { passes } from './visible-recordings.ts';

const MATTER = '0198a000-0000-7000-8000-00000000000c';
const BINNED = exampleRecording({ matterId: MATTER, binnedAtMs: Date.UTC(2026, 0, 1) });
const GUESSED = exampleRecording({
  hasTranscript: true,
  wordless: 'noSpeech',
  job: exampleJob({ language: 'en', languageProbability: 0.23 }),
});

afterEach(() => {
  takeAway();
  clearRetention();
});

function showRow(recording: RecordingView): string {
  new FakeBridge().install();
  show(
    <div data-testid="row">
      <LanguageChip recording={recording} tabIndex={0} />
      <DoneMark recording={recording} />
      <RowStatus recording={recording} tabIndex={0} />
    </div>,
  );
  return screen.getByTestId('row').textContent ?? '';
}

it('says that no speech was found, instead of a language guessed from none', () => {
  const text = showRow(GUESSED);
  expect(text).toContain('No speech found');
  expect(text).not.toMatch(/English|23/u);
  expect(screen.queryByRole('img', { name: /^Transcribed/u })).toBeNull();
  expect(passes(GUESSED, 'attention')).toBe(false);
  expect(passes({ ...GUESSED, wordless: null }, 'attention')).toBe(true);
});

it('says that what was spoken was not understood', () => {
  expect(showRow({ ...GUESSED, wordless: 'notUnderstood' })).toContain('no words were understood');
});

it('says of what is in the bin when it goes, or that a hold keeps it', () => {
  showRow(BINNED);
  const row = screen.getByTestId('row');
  expect(row.textContent).toContain('Erased for good on January 31, 2026');
  const view = { nowMs: 0, due: [], heldMatterIds: [MATTER], erased: 0, clockDoubt: null };
  act(() => useRetention.setState({ view }));
  expect(row.textContent).toContain('Kept: its matter is held');
  expect(row.textContent).not.toContain('Erased for good on');
});
