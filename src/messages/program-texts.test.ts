import { expect, it } from 'vitest';
import { programTexts } from './program-texts.ts';

it('gives texts in a language, with their values and in the form that a number asks for', () => {
  const english = programTexts('en', 'export');
  expect(english('level.raisedBetween', { least: 3, most: 6 })).toBe('Raised by 3 to 6 dB');
  expect(english('moreOtherLanguages', { count: 1 })).toBe(
    'One more stretch is probably in another language.',
  );
  const spanish = programTexts('es', 'export');
  expect(spanish('moreOtherLanguages', { count: 2 })).toBe(
    'Otros 2 tramos están probablemente en otro idioma.',
  );
  // Spanish has a separate form from a million on.
  expect(spanish('joined', { count: 1_000_000 })).toBe('1000000 archivos, unidos en este orden');
});

it('does not compile for a key that is not there, or without a value', () => {
  const texts = programTexts('en', 'export');
  // @ts-expect-error There is no such key.
  expect(texts('raised')).toBe('raised');
  // @ts-expect-error The number is missing.
  expect(texts('level.raised')).toContain('{{most}}');
  // @ts-expect-error One of the numbers is missing.
  expect(texts('level.raisedBetween', { most: 2 })).toContain('{{least}}');
  // @ts-expect-error The plural's count is missing.
  expect(texts('joined')).toBe('joined');
  // @ts-expect-error The plural's count is not a number.
  expect(texts('joined', { count: 'two' })).toBe('joined');
  // @ts-expect-error There is no such value.
  expect(texts('level.raised', { most: 2, least: 1 })).toBe('Raised by 2 dB');
  // @ts-expect-error A plural's form is not chosen by hand.
  expect(texts('joined_one', { count: 1 })).toContain('1 file,');
  // @ts-expect-error There is no such part.
  expect(() => programTexts('en', 'exports')).not.toThrow();
});
