import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../../../src/contract/errors.ts';
import { DEFAULT_CHOICE, startingChoice } from '../../../src/contract/starting-choice.ts';
import type { JobView, MatterView, RecordingView } from '../../../src/contract/views.ts';
import { clearLibrary, takeLibrary } from '../../stores/library.ts';
import { clearMatters, takeMatters } from '../../stores/matters.ts';
import { clearNavigation, useNavigation } from '../../stores/navigation.ts';
import { FakeBridge } from '../../testing/fake-bridge.ts';
import { show, takeAway } from '../../testing/rendering.tsx';
import { MatterDialog } from './matter-dialog.tsx';
import { OptionChips } from './option-chips.tsx';
import { RowSpeakers } from './row-speakers.tsx';
import { SpeakerCountDialog } from './speaker-count-dialog.tsx';

const MATTER = '0198a000-0000-7000-8000-000000000001';
const RECORDING = {
  id: '0198a000-0000-7000-8000-000000000002',
  matterId: null,
  name: 'Meeting',
  layout: 'single',
  job: { range: null, choice: { ...DEFAULT_CHOICE, prompt: 'Villanueva' } } as JobView,
} as RecordingView;

let bridge: FakeBridge;

beforeEach(() => {
  bridge = new FakeBridge();
  bridge.install();
  bridge.answer('jobs.start', () => undefined);
  bridge.answer('matters.keepDraft', () => undefined);
  bridge.answer('voices.list', () => []);
  takeLibrary([RECORDING]);
});
afterEach(() => {
  takeAway();
  clearLibrary();
  clearMatters();
  clearNavigation();
});

const withChoice = (choice: Partial<JobView['choice']>): RecordingView => ({
  ...RECORDING,
  job: { ...(RECORDING.job as JobView), choice: { ...DEFAULT_CHOICE, ...choice } },
});
const chip = () => screen.getByRole('button', { name: /^Speakers/u });

async function openMenu(): Promise<HTMLElement> {
  fireEvent.keyDown(chip(), { key: 'Enter' });
  return await screen.findByRole('menu');
}

it('asks in a row how many speak, and starts with the answer, whatever else was chosen', async () => {
  show(<OptionChips recording={RECORDING} tabIndex={0} />);
  expect(chip().textContent).toBe('Speakers: automatic');
  const menu = await openMenu();
  const chosen = within(menu).getByRole('menuitemcheckbox', { name: 'Automatic' });
  expect(chosen.getAttribute('aria-checked')).toBe('true');
  fireEvent.click(within(menu).getByRole('menuitemcheckbox', { name: '3 people' }));
  await waitFor(() =>
    expect(bridge.inputs('jobs.start')).toEqual([
      {
        recordingId: RECORDING.id,
        choice: {
          ...DEFAULT_CHOICE,
          prompt: 'Villanueva',
          speakerCount: { speakers: 3, isLimit: false },
        },
      },
    ]),
  );
});

it('forgets a number where voices are not compared', async () => {
  show(<OptionChips recording={withChoice({ speakerCount: { speakers: 9, isLimit: true } })} tabIndex={0} />);
  expect(chip().textContent).toBe('At most 9 people');
  const menu = await openMenu();
  // A number that the menu does not offer is in it all the same while it is chosen.
  const own = within(menu).getByRole('menuitemcheckbox', { name: 'At most 9 people' });
  expect(own.getAttribute('aria-checked')).toBe('true');
  fireEvent.click(within(menu).getByRole('menuitemcheckbox', { name: 'Not told apart' }));
  await waitFor(() =>
    expect(bridge.inputs('jobs.start')[0]?.choice).toMatchObject({ speakers: 'none', speakerCount: null }),
  );
});

it('leads to every other number, and says what becomes of calls with two channels', async () => {
  show(<OptionChips recording={RECORDING} tabIndex={0} />);
  const menu = await openMenu();
  fireEvent.click(within(menu).getByRole('menuitem', { name: 'Another number…' }));
  expect(useNavigation.getState().overlay).toEqual({ kind: 'speakerCount', recordingId: RECORDING.id });
  takeAway();
  show(<SpeakerCountDialog recordingId={RECORDING.id} onClose={() => undefined} />);
  const how = screen.getByLabelText('How many speak?');
  expect(screen.queryByLabelText('Number of people')).toBeNull();
  fireEvent.change(how, { target: { value: 'atMost' } });
  const hint = document.getElementById(how.getAttribute('aria-describedby') ?? '');
  expect(hint?.textContent).toContain('each channel is one speaker');
  const numbers = within(screen.getByLabelText('Number of people')).getAllByRole('option');
  expect(numbers.map(({ textContent }) => textContent)).toEqual(
    Array.from({ length: 19 }, (_, index) => `${index + 2} people`),
  );
  fireEvent.change(screen.getByLabelText('Number of people'), { target: { value: '12' } });
  fireEvent.submit(how.closest('form') as HTMLFormElement);
  await waitFor(() =>
    expect(bridge.inputs('jobs.start')[0]?.choice).toMatchObject({
      speakers: 'auto',
      speakerCount: { speakers: 12, isLimit: true },
    }),
  );
});

it('is remembered with the matter, and recordings in it start so', async () => {
  const matter: MatterView = {
    id: MATTER,
    name: 'Council',
    caseNumber: '',
    vocabulary: [],
    speakers: [],
    options: {},
  };
  takeMatters([matter]);
  bridge.answer('matters.save', (saved) => ({ ...saved, id: MATTER }));
  show(<MatterDialog matterId={MATTER} onClose={() => undefined} />);
  const how = screen.getByLabelText('How many speak?') as HTMLSelectElement;
  expect(how.value).toBe('auto');
  fireEvent.change(how, { target: { value: 'exactly' } });
  fireEvent.change(screen.getByLabelText('Number of people'), { target: { value: '5' } });
  fireEvent.submit(how.closest('form') as HTMLFormElement);
  await waitFor(() => expect(bridge.inputs('matters.save')).toHaveLength(1));
  const [saved] = bridge.inputs('matters.save');
  // The draft of the form has it too.
  expect(bridge.inputs('matters.keepDraft').findLast((draft) => draft !== null)?.options).toEqual(
    saved?.options,
  );
  expect(startingChoice({ vocabulary: [], options: saved?.options ?? {} })).toEqual({
    ...DEFAULT_CHOICE,
    speakerCount: { speakers: 5, isLimit: false },
  });
  takeMatters([{ ...matter, options: saved?.options ?? {} }]);
  takeAway();
  show(<OptionChips recording={{ ...RECORDING, matterId: MATTER, job: null }} tabIndex={0} />);
  expect(chip().textContent).toBe('5 people');
});

it('tells in a row how many speak, and how much each of them talks when asked', async () => {
  const span = (startMs: number, endMs: number) => ({ startMs, endMs });
  bridge.answer('speakers.overview', () => {
    throw new AppError('disk.failed', {});
  });
  show(<RowSpeakers recording={{ ...RECORDING, speakers: 2, binnedAtMs: null }} tabIndex={0} />);
  fireEvent.click(screen.getByRole('button', { name: '2 speakers' }));
  const shares = await screen.findByRole('dialog', { name: 'Talking time' });
  fireEvent.click(await within(shares).findByRole('button', { name: 'Try again' }));
  bridge.answer('speakers.overview', ({ recordingId }) => ({
    recordingId,
    by: 'voices',
    count: null,
    canRecount: true,
    lanes: [
      { speaker: 'Dr. Villanueva', turns: [span(0, 45_000)], talkMs: 45_000 },
      { speaker: 'Speaker 2', turns: [span(40_000, 55_000)], talkMs: 15_000 },
    ],
    recognised: [],
  }));
  fireEvent.click(await within(shares).findByRole('button', { name: 'Try again' }));
  const rows = await within(shares).findAllByRole('listitem');
  expect(rows.map(({ textContent }) => textContent)).toEqual(['Dr. Villanueva75%0:45', 'Speaker 225%0:15']);
});

it('tells nothing of speakers in a row where nobody is named', () => {
  show(<RowSpeakers recording={{ ...RECORDING, speakers: 0, binnedAtMs: null }} tabIndex={0} />);
  expect(document.body.textContent).toBe('');
});
