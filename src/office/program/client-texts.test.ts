import { expect, test } from 'vitest';
import { CLIENT_TEXTS, type ClientText, clientText } from './client-texts.ts';

test('every text says the same values in every language, and is translated', () => {
  const valuesIn = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
  for (const [key, { en, es }] of Object.entries(CLIENT_TEXTS)) {
    expect(valuesIn(es), key).toEqual(valuesIn(en));
    // What consists of values alone is the same.
    if (/[a-z]/.test(en.replace(/\{\w+\}/g, ''))) expect(es, key).not.toBe(en);
    expect(clientText(key as ClientText, 'es', {}), key).not.toMatch(/[{}]/);
  }
  expect(clientText('packed', 'en', { file: '{count}', count: 2 })).toBe(
    '{count}: 2 recordings with their texts',
  );
});
