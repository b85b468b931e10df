import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../../src/contract/errors.ts';
import type { MatterView, RecordingView } from '../../../../src/contract/views.ts';
import { clearLibrary, takeLibrary } from '../../../stores/library.ts';
import { clearMatters, takeMatters } from '../../../stores/matters.ts';
import { FakeBridge } from '../../../testing/fake-bridge.ts';
import { show, takeAway } from '../../../testing/rendering.tsx';
import { answerRecognised } from './answer-recognised.ts';
import { RecognisedSpeaker } from './recognised-speaker.tsx';
import { RememberVoiceDialog } from './remember-voice-dialog.tsx';

const MATTER = '0198a000-0000-7000-8000-000000000001';
const RECORDING = '0198a000-0000-7000-8000-000000000002';
const VOICE = '0198a000-0000-7000-8000-000000000003';

let bridge: FakeBridge;

beforeEach(() => {
  bridge = new FakeBridge();
  bridge.install();
  takeMatters([
    {
      id: MATTER,
      name: 'Pérez v. Soto',
      caseNumber: '',
      vocabulary: [],
      speakers: [],
      options: {},
    } as MatterView,
  ]);
  takeLibrary([{ id: RECORDING, matterId: MATTER, name: 'Hearing' } as RecordingView]);
});
afterEach(() => {
  takeAway();
  clearLibrary();
  clearMatters();
});

function open(speaker: string) {
  const [onRename, onClose] = [vi.fn(), vi.fn()];
  show(
    <RememberVoiceDialog recordingId={RECORDING} speaker={speaker} onRename={onRename} onClose={onClose} />,
  );
  return { onRename, onClose };
}

const button = (name: string) => screen.getByRole('button', { name });

it('says what is stored, where, how it ends and that one must be allowed to, before anything is', () => {
  open('Speaker 2');
  const text = screen.getByRole('dialog').textContent ?? '';
  for (const said of [
    'Pérez v. Soto',
    '192 numbers',
    'biometric data',
    'Encrypted in your vault',
    'backups',
    'Ask the person first',
  ])
    expect(text).toContain(said);
  expect(screen.getByRole('combobox').textContent).toMatch(/for a year, until/);
  expect(button('Remember voice').getAttribute('aria-disabled'), 'a number is nobody’s name').toBe('true');
  expect(bridge.made).toEqual([]);
});

it('remembers the voice for a year under the name that is given, which the text gets too', async () => {
  const { onRename, onClose } = open('Speaker 2');
  bridge.answer('voices.remember', ({ name, expiresAtMs }) => ({
    ...{ id: VOICE, matterId: MATTER, name, recordingName: 'Hearing', speechMs: 20_000 },
    ...{ rememberedAtMs: 1, expiresAtMs },
  }));
  fireEvent.change(screen.getByLabelText('Whose voice is it?'), { target: { value: ' Ana Pérez ' } });
  fireEvent.click(button('Remember voice'));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  const [asked] = bridge.inputs('voices.remember');
  expect(asked).toMatchObject({ recordingId: RECORDING, speaker: 'Speaker 2', name: 'Ana Pérez' });
  const days = ((asked?.expiresAtMs ?? 0) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(364);
  expect(days).toBeLessThan(367.1);
  expect(onRename).toHaveBeenCalledWith('Ana Pérez');
});

it('says why it cannot, and stays open', async () => {
  const { onClose } = open('Ana');
  bridge.answer('voices.remember', () => {
    throw new AppError('voice.tooShort', {});
  });
  fireEvent.click(button('Remember voice'));
  expect((await screen.findByRole('alert')).textContent).toContain('too little alone');
  expect(onClose).not.toHaveBeenCalled();
});

it('sends a recording without a matter to one', () => {
  takeLibrary([{ id: RECORDING, matterId: null, name: 'Hearing' } as RecordingView]);
  open('Ana');
  expect(screen.getByRole('dialog').textContent).toContain('Move it into a matter first');
  expect(screen.queryByRole('button', { name: 'Remember voice' })).toBeNull();
});

it('a recognised speaker is confirmed, or gets a number again', async () => {
  bridge.answer('voices.settle', () => undefined);
  const rename = vi.fn(async () => true);
  const read = vi.fn(async () => undefined);
  const who = { rename, overview: { read } } as unknown as Parameters<typeof answerRecognised>[0]['who'];
  const base = {
    recordingId: RECORDING,
    speaker: 'Ana',
    others: ['Speaker 1'],
    voiceId: VOICE,
    certainty: 0.92,
    who,
  };
  const answers: Promise<void>[] = [];
  show(
    <RecognisedSpeaker
      name="Ana"
      certainty={0.92}
      onAnswer={(isRight) => answers.push(answerRecognised({ ...base, isRight }))}
    />,
  );
  expect(screen.getByText(/^Probably Ana – 92\s?%/)).toBeTruthy();
  fireEvent.click(button('Yes, it is Ana'));
  await Promise.all(answers);
  expect(rename).not.toHaveBeenCalled();
  expect(bridge.inputs('voices.settle')).toEqual([{ recordingId: RECORDING, voiceId: VOICE }]);
  fireEvent.click(button('Not Ana'));
  await Promise.all(answers);
  expect(rename).toHaveBeenCalledWith('Ana', 'Speaker 2');
  expect(bridge.inputs('voices.settle')).toHaveLength(2);
  expect(read).toHaveBeenCalledTimes(2);
});
