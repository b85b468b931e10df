import { expect, test } from 'vitest';
import { exportTexts } from './export-texts.ts';
import { levelText } from './transcript-facts.ts';

test.each([
  [0, 0, 'As in the source', 'Como en el origen'],
  [37, 37, 'Raised by 37 dB', 'Subido 37 dB'],
  [0, 37, 'Raised by 0 to 37 dB', 'Subido de 0 a 37 dB'],
  [-7, -7, 'Lowered by 7 dB', 'Bajado 7 dB'],
  [-12, -7, 'Lowered by 7 to 12 dB', 'Bajado de 7 a 12 dB'],
  [-7, 20, 'Lowered by up to 7 dB, raised by up to 20 dB', 'Bajado hasta 7 dB, subido hasta 20 dB'],
])('a gain from %i to %i dB is told', (leastDb, greatestDb, english, spanish) => {
  expect(levelText({ leastDb, greatestDb }, exportTexts('en'))).toBe(english);
  expect(levelText({ leastDb, greatestDb }, exportTexts('es'))).toBe(spanish);
});
