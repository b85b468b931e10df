import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the rows of each table are inserted in one place', () => {
  const places = new Map<string, string[]>();
  for (const file of readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.db.ts') || file.startsWith('migrations')) continue;
    const code = readFileSync(join(import.meta.dirname, file), 'utf8');
    for (const [, table = ''] of code.matchAll(/\b(?:INSERT(?: OR \w+)?|REPLACE) INTO (\w+)/gi)) {
      places.set(table, [...(places.get(table) ?? []), file]);
    }
  }
  // Commands to the full-text index are written as inserts into it.
  places.delete('segments_fts');
  expect(places.size).toBeGreaterThan(15);
  expect([...places].filter(([, files]) => files.length > 1)).toEqual([]);
});
