import { expect, test } from 'vitest';
import { localVoice } from './system-voice.ts';

const voice = (name: string, lang: string, localService: boolean, isDefault = false) =>
  ({ name, lang, localService, default: isDefault, voiceURI: name }) as SpeechSynthesisVoice;

test('only voices that the system calls local read, and only in their language', () => {
  const voices = [
    voice('cloud', 'en-US', false, true),
    voice('spanish', 'es_ES', true),
    voice('first', 'en-GB', true),
    voice('chosen', 'en-US', true, true),
  ];
  expect(localVoice(voices, 'en')?.name).toBe('chosen');
  expect(localVoice(voices, 'es')?.name).toBe('spanish');
  expect(localVoice(voices, 'de')).toBeNull();
  expect(localVoice(voices.slice(0, 1), 'en')).toBeNull();
});
