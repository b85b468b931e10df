import { expect, test } from 'vitest';
import { databaseAfter } from '../testing/migrated-database.ts';
import { CARRIED_ROWS } from './carried-rows.ts';
import { CARRIED_TABLES, LEFT_TABLES } from './carried-tables.ts';

test('of every table it is decided whether a hand-over carries it', () => {
  const db = databaseAfter(Number.MAX_SAFE_INTEGER);
  const tables = db
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'segments_fts_%'`,
    )
    .all()
    .map(({ name }) => name);
  const decided = [...new Set([...CARRIED_TABLES.map(({ name }) => name), ...LEFT_TABLES])];
  expect(decided.toSorted(), 'a new table goes into CARRIED_TABLES or LEFT_TABLES').toEqual(
    tables.toSorted(),
  );
});

test('every column that names a row of another table gets a new id with it', () => {
  const db = databaseAfter(Number.MAX_SAFE_INTEGER);
  for (const { name, ids } of CARRIED_TABLES) {
    const columns = db.prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${name}')`).all();
    // A segment has its id within its version; the log of edits names it by that.
    const named = columns
      .map((column) => column.name)
      .filter((column) => /(^|_)id$/.test(column) && column !== 'segment_id')
      .filter((column) => name !== 'segments' || column !== 'id');
    expect([...ids].toSorted(), name).toEqual(named.toSorted());
  }
});

test('every column that is carried has a schema', () => {
  const db = databaseAfter(Number.MAX_SAFE_INTEGER);
  for (const name of new Set(CARRIED_TABLES.map((table) => table.name))) {
    const columns = db.prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${name}')`).all();
    const carried = columns.map((column) => column.name).filter((column) => column !== 'rowid');
    const known = Object.keys(CARRIED_ROWS[name]?.shape ?? {});
    expect(known.toSorted(), `a new column of ${name} goes into CARRIED_ROWS`).toEqual(carried.toSorted());
  }
});
