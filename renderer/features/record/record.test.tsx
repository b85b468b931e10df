import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError, type ErrorCode, failureOf } from '../../../src/contract/errors.ts';
import { DELIVERED_RECORDING_CHOICE, type RecordingChoice } from '../../../src/contract/recording-choice.ts';
import type { AppState } from '../../../src/contract/views.ts';
import { takeAppState, useApp } from '../../stores/app.ts';
import { clearCaptures, takeCapture, takeCaptureLevel, takeUnfinished } from '../../stores/captures.ts';
import { clearNavigation, useNavigation } from '../../stores/navigation.ts';
import { useMicrophones } from '../../stores/recording-actions.ts';
import { useToasts } from '../../stores/toasts.ts';
import { exampleAppState } from '../../testing/example-app-state.ts';
import { exampleCapture } from '../../testing/example-capture.ts';
import { FakeBridge } from '../../testing/fake-bridge.ts';
import { show, takeAway } from '../../testing/rendering.tsx';
import { RecordBars } from './record-bar.tsx';
import { RecordButton } from './record-button.tsx';
import { StartDialog } from './start-dialog.tsx';
import { UnfinishedOffer } from './unfinished-offer.tsx';

const HEADSET = { deviceId: 'h', label: 'Headset', isDefault: false };
const ALIAS = { deviceId: 'default', label: 'Default - Desk microphone', isDefault: true };
const DESK = { deviceId: 'd', label: 'Desk microphone', isDefault: true };

let bridge: FakeBridge;

beforeEach(() => {
  bridge = new FakeBridge();
  bridge.install();
  withChoice(DELIVERED_RECORDING_CHOICE);
  bridge.answer('captures.devices', () => [ALIAS, DESK, HEADSET]);
  bridge.answer('app.change', (change) => {
    const state = useApp.getState().state as AppState;
    return { ...state, settings: { ...state.settings, ...change } } as AppState;
  });
});
afterEach(() => {
  takeAway();
  clearCaptures();
  clearNavigation();
  useMicrophones.setState({ devices: null });
  useToasts.setState({ notices: [] });
  useApp.setState({ state: null });
});

function withChoice(recording: RecordingChoice): void {
  takeAppState(exampleAppState({ recording }));
}

const record = () => screen.getByRole('button', { name: 'Record' });
const bar = () => screen.getByRole('region', { name: 'Recording “Ward round”' });
const press = (name: string) => fireEvent.click(within(bar()).getByRole('button', { name }));
const refuse = (code: ErrorCode) => () => {
  throw new AppError(code, {} as never);
};

it('starts at once with the last choice, sound as it is, and shows the text', async () => {
  bridge.answer('captures.start', () => exampleCapture());
  show(<RecordButton />);
  fireEvent.click(record());
  await waitFor(() =>
    expect(useNavigation.getState().route).toMatchObject({
      screen: 'transcript',
      recordingId: exampleCapture().recordingId,
    }),
  );
  expect(bridge.inputs('captures.start')).toMatchObject([
    {
      deviceId: null,
      systemAudio: false,
      processing: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      liveText: true,
      finalTranscript: true,
    },
  ]);
});

it('starts once, however often it is pressed, and shows what runs instead of a second recording', async () => {
  const held = bridge.hold('captures.start');
  show(<RecordButton />);
  fireEvent.click(record());
  fireEvent.click(await screen.findByRole('button', { name: 'Starting…' }));
  held.answer(exampleCapture());
  fireEvent.click(await screen.findByRole('button', { name: 'Show the recording' }));
  expect(bridge.inputs('captures.start')).toHaveLength(1);
});

it('tells that the microphone is not allowed, stays where it is, and starts once it is', async () => {
  bridge.answer('captures.start', refuse('capture.denied'));
  show(<RecordButton />);
  fireEvent.click(record());
  await waitFor(() => expect(useToasts.getState().notices).toHaveLength(1));
  expect(useToasts.getState().notices[0]).toMatchObject({ error: { code: 'capture.denied' } });
  expect(useNavigation.getState().route.screen).toBe('library');
  bridge.answer('captures.start', () => exampleCapture());
  fireEvent.click(record());
  await waitFor(() => expect(useNavigation.getState().route.screen).toBe('transcript'));
});

it('finds the chosen microphone again, and says so where it is not connected', async () => {
  withChoice({ ...DELIVERED_RECORDING_CHOICE, microphone: { deviceId: 'of before', label: 'Headset' } });
  bridge.answer('captures.start', () => exampleCapture());
  show(<RecordButton />);
  fireEvent.click(record());
  await waitFor(() => expect(bridge.inputs('captures.start')).toMatchObject([{ deviceId: 'h' }]));
  act(clearCaptures);
  bridge.answer('captures.devices', () => [DESK]);
  fireEvent.click(await screen.findByRole('button', { name: 'Record' }));
  await waitFor(() => expect(bridge.inputs('captures.start')[1]).toMatchObject({ deviceId: null }));
  expect(useToasts.getState().notices.at(-1)).toMatchObject({
    text: '“Headset” is not connected. The system’s usual microphone is used.',
  });
});

it('shows no text if the recording was stopped before it began', async () => {
  const held = bridge.hold('captures.start');
  show(<RecordButton />);
  fireEvent.click(record());
  act(() => takeCapture(exampleCapture({ state: 'done' })));
  held.answer(exampleCapture());
  await screen.findByRole('button', { name: 'Record' });
  expect(useNavigation.getState().route.screen).toBe('library');
});

it('changes the choice in its dialog, keeps it over a refusal, and remembers it', async () => {
  bridge.answer('captures.start', refuse('capture.noDevice'));
  show(<StartDialog onClose={() => undefined} />);
  await screen.findByRole('option', { name: 'Headset' });
  expect(screen.queryByRole('option', { name: 'Default - Desk microphone' })).toBeNull();
  fireEvent.change(screen.getByLabelText('Microphone'), { target: { value: 'h' } });
  fireEvent.click(screen.getByRole('switch', { name: 'Record the computer’s sound too' }));
  fireEvent.click(screen.getByRole('switch', { name: 'Show the words while I speak' }));
  fireEvent.change(screen.getByLabelText('Spoken language'), { target: { value: 'es' } });
  const howMany = screen.getByLabelText('How many speak?');
  expect(within(howMany).getByRole('option', { name: 'As usual: Automatic' })).toBeTruthy();
  fireEvent.change(howMany, { target: { value: 'exactly' } });
  fireEvent.change(screen.getByLabelText('Number of people'), { target: { value: '4' } });
  const form = document.querySelector('form') as HTMLFormElement;
  fireEvent.submit(form);
  expect((await screen.findByRole('alert')).textContent).toContain('No microphone was found');
  expect((screen.getByLabelText('Microphone') as HTMLSelectElement).value).toBe('h');
  bridge.answer('captures.start', () => exampleCapture());
  fireEvent.submit(form);
  await waitFor(() => expect(bridge.inputs('captures.start')).toHaveLength(2));
  expect(bridge.inputs('captures.start')[1]).toMatchObject({
    deviceId: 'h',
    systemAudio: true,
    liveText: false,
    choice: { language: 'es', speakers: 'auto', speakerCount: { speakers: 4, isLimit: false } },
  });
  expect(useApp.getState().state?.settings.recording).toMatchObject({
    microphone: { label: 'Headset' },
    language: 'es',
    telling: { speakers: 'auto', speakerCount: { speakers: 4, isLimit: false } },
    liveText: false,
  });
});

it('offers only the usual microphone where names are not known yet, and says why', async () => {
  bridge.answer('captures.devices', () => [{ deviceId: '', label: '', isDefault: true }]);
  show(<StartDialog onClose={() => undefined} />);
  await waitFor(() => expect(bridge.inputs('captures.devices')).toHaveLength(1));
  expect(within(screen.getByLabelText('Microphone')).getAllByRole('option')).toHaveLength(1);
  expect(screen.getByText(/The names appear after that/u)).toBeTruthy();
});

it('shows that it records, for how long, with what, and whether sound arrives', () => {
  takeCapture(exampleCapture({ minutesLeft: 12 }));
  show(<RecordBars />);
  expect(within(bar()).getByText('Recording')).toBeTruthy();
  expect(within(bar()).getByRole('timer').textContent).toBe('0:42');
  const meter = within(bar()).getByRole('meter', { name: 'Sound of the microphone' });
  expect(meter.getAttribute('aria-valuetext')).toBe('no sound');
  const level = { captureId: exampleCapture().id, input: 'microphone', rmsDb: -20, clipped: false } as const;
  act(() => takeCaptureLevel({ ...level, peakDb: -10 }));
  expect(meter.getAttribute('aria-valuetext')).toBe('sound arrives');
  act(() => takeCaptureLevel({ ...level, peakDb: 0, clipped: true }));
  expect(meter.getAttribute('aria-valuetext')).toBe('too loud');
  expect(within(bar()).queryByRole('meter', { name: 'Sound of the computer' })).toBeNull();
  act(() => takeCapture(exampleCapture({ system: 'Monitor' })));
  expect(within(bar()).getByRole('meter', { name: 'Sound of the computer' })).toBeTruthy();
});

it('warns of silence at once, and goes on with another microphone, which it remembers', async () => {
  takeCapture(exampleCapture());
  show(<RecordBars />);
  expect(
    within(bar())
      .getAllByRole('alert')
      .map((one) => one.textContent),
  ).toEqual(['']);
  act(() => takeCapture(exampleCapture({ warnings: ['silence', 'liveTextLate'] })));
  const [alert] = within(bar()).getAllByRole('alert');
  expect(alert?.textContent).toContain('No sound arrives. Is the microphone muted');
  expect(alert?.textContent).not.toContain('The words come late');
  bridge.answer('captures.switchDevice', () => undefined);
  const choose = within(alert as HTMLElement).getByRole('button', { name: 'Choose a microphone' });
  fireEvent.focus(choose);
  await waitFor(() => expect(bridge.inputs('captures.devices')).toHaveLength(1));
  fireEvent.keyDown(choose, { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitemcheckbox', { name: 'Headset' }));
  await waitFor(() =>
    expect(bridge.inputs('captures.switchDevice')).toEqual([{ id: exampleCapture().id, deviceId: 'h' }]),
  );
  await waitFor(() => expect(useApp.getState().state?.settings.recording.microphone?.label).toBe('Headset'));
  act(() => takeCapture(exampleCapture()));
  expect(
    within(bar())
      .getAllByRole('alert')
      .map((one) => one.textContent),
  ).toEqual(['']);
});

it.each([
  ['noSpeech', 'No voice has been heard for a minute'],
  ['clipping', 'Too loud'],
  ['quiet', 'Very quiet'],
  ['microphoneLost', 'The microphone is gone'],
  ['deviceChanged', 'with another microphone: Desk microphone'],
  ['systemAudioAbsent', 'The computer’s sound cannot be recorded here'],
  ['systemAudioSilent', 'The computer plays no sound yet'],
  ['diskLow', 'room for 3 more minutes'],
  ['liveTextLate', 'The words come late'],
  ['liveTextSkipped', 'Some words are missing from the live text'],
  ['liveTextFailed', 'The live text has stopped. The recording goes on'],
  ['finalTranscriptFailed', 'it is tried again when you stop'],
  ['shortcutUnavailable', 'taken by one of them'],
] as const)('says in plain words what %s means', (warning, sentence) => {
  takeCapture(exampleCapture({ warnings: [warning], minutesLeft: 3.4 }));
  show(<RecordBars />);
  expect(bar().querySelector(`[data-warning=${warning}]`)?.textContent).toContain(sentence);
});

it('pauses and goes on, and sets markers', async () => {
  takeCapture(exampleCapture());
  show(<RecordBars />);
  bridge.answer('captures.pause', () => undefined);
  bridge.answer('captures.resume', () => undefined);
  press('Pause');
  await waitFor(() => expect(bridge.inputs('captures.pause')).toHaveLength(1));
  act(() => takeCapture(exampleCapture({ state: 'paused' })));
  expect(within(bar()).getByText('Paused')).toBeTruthy();
  press('Go on');
  await waitFor(() => expect(bridge.inputs('captures.resume')).toHaveLength(1));
  bridge.answer('captures.mark', () => ({ id: exampleCapture().id, atMs: 42_000, label: '' }));
  press('Set a marker');
  await waitFor(() =>
    expect(useToasts.getState().notices.at(-1)).toMatchObject({ text: 'Marker set at 0:42.' }),
  );
});

it('goes on recording if stopping fails, says why, and stops when asked again, once', async () => {
  takeCapture(exampleCapture());
  show(<RecordBars />);
  bridge.answer('captures.stop', refuse('disk.failed'));
  press('Stop');
  const again = await within(bar()).findByRole('button', { name: 'Try again' });
  expect(within(bar()).getByText('Recording')).toBeTruthy();
  const held = bridge.hold('captures.stop');
  fireEvent.click(again);
  press('Stop');
  press('Stop');
  held.answer(exampleCapture({ state: 'done' }));
  await waitFor(() => expect(screen.queryByRole('region')).toBeNull());
  expect(bridge.inputs('captures.stop')).toHaveLength(2);
});

it('takes no more actions while the rest is being stored', () => {
  takeCapture(exampleCapture({ state: 'finishing' }));
  show(<RecordBars />);
  expect(within(bar()).getByText('Storing the rest…')).toBeTruthy();
  expect(within(bar()).queryByRole('button', { name: 'Stop' })).toBeNull();
  expect(within(bar()).queryByRole('button', { name: 'Pause' })).toBeNull();
});

it('says what a fault has left, until that is dismissed', () => {
  const failure = failureOf(new AppError('disk.full', { neededBytes: null, freeBytes: 0 }));
  takeCapture(exampleCapture());
  show(<RecordBars />);
  act(() => takeCapture(exampleCapture({ state: 'broken', failure })));
  expect(within(bar()).getByRole('alert').textContent).toContain('after 0:42. What was said until then');
  expect(bar().querySelector('[data-error-code]')?.getAttribute('data-error-code')).toBe('disk.full');
  press('Dismiss');
  expect(screen.queryByRole('region')).toBeNull();
});

it('keeps two recordings apart', async () => {
  const other = { id: '0198a000-0000-7000-8000-0000000000c2', name: 'Interview' };
  takeCapture(exampleCapture());
  takeCapture(exampleCapture(other));
  show(<RecordBars />);
  act(() => takeCapture(exampleCapture({ ...other, warnings: ['silence'] })));
  expect(bar().querySelector('[data-warning]')).toBeNull();
  bridge.answer('captures.stop', () => exampleCapture({ state: 'done' }));
  press('Stop');
  await waitFor(() => expect(screen.getAllByRole('region')).toHaveLength(1));
  expect(bridge.inputs('captures.stop')).toEqual([{ id: exampleCapture().id }]);
  expect(screen.getByRole('region', { name: 'Recording “Interview”' })).toBeTruthy();
});

it('leads to the recording from other screens', () => {
  takeCapture(exampleCapture());
  show(<RecordBars />);
  press('Show “Ward round”');
  expect(useNavigation.getState().route).toMatchObject({ recordingId: exampleCapture().recordingId });
  expect(within(bar()).queryByRole('button', { name: 'Show “Ward round”' })).toBeNull();
});

it('offers what was interrupted: keeps it, tells why it cannot, or asks later', async () => {
  const { recordingId } = exampleCapture();
  const other = '0198a000-0000-7000-8000-00000000000f';
  const interrupted = { recordingId, name: 'Ward round', startedAtMs: 0, durationMs: 62_000 };
  takeUnfinished([interrupted, { ...interrupted, recordingId: other, name: 'Interview' }]);
  show(<UnfinishedOffer />);
  const [first, second] = screen.getAllByRole('listitem') as [HTMLElement, HTMLElement];
  expect(first.textContent).toContain('“Ward round” was interrupted. 1:02 of it are safe in the vault.');
  fireEvent.click(within(second).getByRole('button', { name: 'Decide later' }));
  expect(screen.getAllByRole('listitem')).toHaveLength(1);
  bridge.answer('captures.keepUnfinished', refuse('disk.failed'));
  fireEvent.click(within(first).getByRole('button', { name: 'Keep and transcribe' }));
  const again = await within(first).findByRole('button', { name: 'Try again' });
  bridge.answer('captures.keepUnfinished', () => undefined);
  bridge.answer('captures.unfinished', () => []);
  fireEvent.click(again);
  await waitFor(() => expect(screen.queryByRole('listitem')).toBeNull());
  expect(bridge.inputs('captures.keepUnfinished')).toEqual([{ recordingId }, { recordingId }]);
});
