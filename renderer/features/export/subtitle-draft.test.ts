import { expect, it } from 'vitest';
import { subtitleFault, USUAL_SUBTITLES } from '../../../src/contract/format-options.ts';
import { draftOf, shapeOf } from './subtitle-draft.ts';

it('a shape comes back from its fields as it was', () => {
  expect(shapeOf(draftOf(USUAL_SUBTITLES))).toEqual(USUAL_SUBTITLES);
  const odd = { ...USUAL_SUBTITLES, gapMs: 83, shortestMs: 1100 };
  expect(shapeOf(draftOf(odd))).toEqual(odd);
});

it('a comma is taken for the decimal sign, and an empty field for a fault', () => {
  expect(shapeOf({ ...draftOf(USUAL_SUBTITLES), shortestMs: '1,25' }).shortestMs).toBe(1250);
  expect(subtitleFault(shapeOf({ ...draftOf(USUAL_SUBTITLES), lines: '' }))).toBe('lines');
});
