import { expect, test } from 'vitest';
import { assumedReadingText } from './assumed-reading.ts';

const byEnding = { because: 'ending', coding: 'mulaw', sampleRate: 8000, channels: 1, by: '.ulaw' } as const;
const likeAnother = {
  because: 'lostIndex',
  coding: 'aac',
  sampleRate: 44_100,
  channels: 2,
  by: 'REC\u202e2.m4a',
} as const;

test('what was read by its ending says so, and what to do if that was wrong', () => {
  expect(assumedReadingText(byEnding, 'en')).toBe(
    'read as G.711 µ-law, 8 kHz, because of its ending .ulaw, for the file itself does not say. ' +
      'If it sounds like noise, or too fast or slow, the text is worthless: ask for the recording as WAV.',
  );
  expect(assumedReadingText(byEnding, 'es')).toBe(
    'leído como G.711 ley µ, 8 kHz, por su extensión .ulaw, porque el archivo mismo no lo dice. ' +
      'Si suena a ruido, o demasiado rápido o lento, el texto no vale: pida la grabación en WAV.',
  );
});

test('what was read without its index says like what, and no name can drive the screen', () => {
  expect(assumedReadingText(likeAnother, 'en')).toContain('AAC, 44.1 kHz, 2 channels, like “REC\ufffd2.m4a”');
  expect(assumedReadingText(likeAnother, 'es')).toContain(
    'AAC, 44,1 kHz, 2 canales, igual que «REC\ufffd2.m4a»',
  );
  expect(assumedReadingText({ ...likeAnother, by: null }, 'en')).toContain('which is usual');
  expect(assumedReadingText({ ...likeAnother, by: null }, 'es')).toContain('lo habitual');
});
