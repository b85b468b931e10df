import { expect, test } from 'vitest';
import { fillSnippet, spaced, typedName } from './snippet-text.ts';

const VALUES = { time: '[00:12:03]', speaker: 'Ana {time}', date: '30 Nov 2026' };

test('placeholders are filled once, other braces stay, and the caret goes where it should', () => {
  expect(fillSnippet('[inaudible {time}]', { ...VALUES, time: '00:12:03' })).toEqual({
    text: '[inaudible 00:12:03]',
    caret: 20,
  });
  const filled = fillSnippet('{speaker} ({cursor}) {word} {date}', VALUES);
  expect(filled).toEqual({ text: 'Ana {time} () {word} 30 Nov 2026', caret: 12 });
  expect(spaced(filled, 'said', 'then')).toEqual({
    text: ' Ana {time} () {word} 30 Nov 2026 ',
    caret: 13,
  });
});

test('blanks are set between words only', () => {
  const at = (before: string, after: string, text = '[pause]') =>
    spaced(fillSnippet(text, VALUES), before, after).text;
  expect(at('word', 'word')).toBe(' [pause] ');
  expect(at('word ', ', and')).toBe('[pause]');
  expect(at('(', ')')).toBe('[pause]');
  expect(at('word', ' word', ', he said')).toBe(', he said');
});

test('a name counts after a semicolon that follows no word', () => {
  expect(['and ;pause', ';a-1', 'one;two', 'pause', '; pause'].map(typedName)).toEqual([
    'pause',
    'a-1',
    null,
    null,
    null,
  ]);
});
