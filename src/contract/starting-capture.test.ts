import { expect, it } from 'vitest';
import { DELIVERED_RECORDING_CHOICE } from './recording-choice.ts';
import { captureOptions } from './starting-capture.ts';

const MATTER = {
  id: '0198a000-0000-7000-8000-000000000001',
  vocabulary: ['Meier'],
  options: { language: 'de' },
};
const HEADSET = { deviceId: 'h', label: 'Headset', isDefault: false };
const WITH_HEADSET = { ...DELIVERED_RECORDING_CHOICE, microphone: { deviceId: 'h', label: 'Headset' } };

it('starts with the sound as it is, the default microphone, and what the matter says', () => {
  expect(captureOptions(DELIVERED_RECORDING_CHOICE, [HEADSET], MATTER)).toMatchObject({
    matterId: MATTER.id,
    deviceId: null,
    systemAudio: false,
    processing: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    choice: { language: 'de', prompt: 'Meier' },
  });
});

it('prefers the language chosen for recording to that of the matter', () => {
  expect(captureOptions({ ...DELIVERED_RECORDING_CHOICE, language: 'es' }, [], MATTER).choice.language).toBe(
    'es',
  );
});

it('prefers the number of people chosen for recording to that of the matter', () => {
  const options = { speakerCount: { speakers: 6, isLimit: true } };
  const matter = { ...MATTER, options };
  expect(captureOptions(DELIVERED_RECORDING_CHOICE, [], matter).choice).toMatchObject(options);
  const telling = { speakers: 'none', speakerCount: null } as const;
  expect(captureOptions({ ...DELIVERED_RECORDING_CHOICE, telling }, [], matter).choice).toMatchObject(
    telling,
  );
});

it('finds the microphone again by its label, and takes the default where it is not connected', () => {
  const renamed = { ...HEADSET, deviceId: 'salted anew' };
  expect(captureOptions(WITH_HEADSET, [renamed], undefined).deviceId).toBe('salted anew');
  expect(captureOptions(WITH_HEADSET, [], undefined).deviceId).toBeNull();
  const unnamed = { deviceId: '', label: '', isDefault: true };
  expect(captureOptions(WITH_HEADSET, [unnamed], undefined).deviceId).toBeNull();
});
