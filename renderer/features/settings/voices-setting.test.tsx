import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { KnownVoiceView } from '../../../src/contract/speakers.ts';
import type { MatterView } from '../../../src/contract/views.ts';
import { clearMatters, takeMatters } from '../../stores/matters.ts';
import { FakeBridge } from '../../testing/fake-bridge.ts';
import { show, takeAway } from '../../testing/rendering.tsx';
import { VoicesSetting } from './voices-setting.tsx';

const MATTER = '0198a000-0000-7000-8000-000000000001';
const AT = Date.UTC(2026, 10, 30, 12);

const voiceOf = (place: number, name: string): KnownVoiceView => ({
  ...{ id: `0198a000-0000-7000-8000-00000000001${place}`, matterId: MATTER, name, speechMs: 65_000 },
  ...{ recordingName: place === 1 ? 'Hearing' : null, rememberedAtMs: AT, expiresAtMs: null },
});

let bridge: FakeBridge;
let voices: KnownVoiceView[];

beforeEach(() => {
  bridge = new FakeBridge();
  bridge.install();
  voices = [voiceOf(1, 'Ana Pérez'), voiceOf(2, 'Luis Soto')];
  bridge.answer('voices.list', () => voices);
  bridge.answer('voices.forget', ({ ids }) => {
    voices = voices.filter(({ id }) => !ids.includes(id));
    bridge.emit({ type: 'voicesChanged' });
  });
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
});
afterEach(() => {
  takeAway();
  clearMatters();
});

const rows = async () =>
  within(await screen.findByRole('list', { name: 'Known voices' })).getAllByRole('listitem');

it('lists whose voices there are, of which matter and recording, and until when', async () => {
  show(<VoicesSetting />);
  const [ana, luis] = await rows();
  expect(ana?.textContent).toContain('Ana Pérez');
  expect(ana?.textContent).toContain('From “Hearing”, 1:05 of speech, Nov 30, 2026');
  expect(ana?.textContent).toContain('Matter: Pérez v. Soto');
  expect(luis?.textContent).toContain('From a recording that is erased');
  expect(screen.getByLabelText('Keep the voice of Ana Pérez').textContent).toContain(
    'as long as the matter is here',
  );
});

it('deletes one, and all, only after asking', async () => {
  show(<VoicesSetting />);
  await rows();
  fireEvent.click(screen.getByRole('button', { name: 'Delete the voice of Ana Pérez' }));
  const dialog = screen.getByRole('dialog', { name: 'Delete the voice of Ana Pérez?' });
  expect(bridge.inputs('voices.forget')).toEqual([]);
  fireEvent.click(within(dialog).getByRole('button', { name: 'Delete for good' }));
  await waitFor(() => expect(screen.queryByText('Ana Pérez')).toBeNull());
  expect(bridge.inputs('voices.forget')).toEqual([{ ids: [voiceOf(1, '').id] }]);
  expect(screen.queryByRole('button', { name: 'Delete all voices…' }), 'one needs no all').toBeNull();
});

it('deletes all at once', async () => {
  show(<VoicesSetting />);
  await rows();
  fireEvent.click(screen.getByRole('button', { name: 'Delete all voices…' }));
  const dialog = screen.getByRole('dialog', { name: 'Delete 2 voices?' });
  fireEvent.click(within(dialog).getByRole('button', { name: 'Delete for good' }));
  expect(await screen.findByText('No voice is remembered.')).toBeTruthy();
});
