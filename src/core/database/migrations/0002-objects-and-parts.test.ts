import { expect, test } from 'vitest';
import { databaseAfter, queryPlan } from '../testing/migrated-database.ts';

test('finds the parts of a recording in order without sorting', () => {
  const plan = queryPlan(
    databaseAfter(2),
    `SELECT part_index, object.id FROM parts JOIN objects AS object ON object.id = object_id
     WHERE parts.recording_id = @recordingId AND channel = @channel ORDER BY part_index`,
  );
  expect(plan).toEqual([
    expect.stringMatching(
      /^SEARCH parts USING INDEX sqlite_autoindex_parts_1 \(recording_id=\? AND channel=\?\)/,
    ),
    expect.stringMatching(/^SEARCH object USING PRIMARY KEY/),
  ]);
});

test('a recording takes its objects and parts along', () => {
  const db = databaseAfter(2);
  db.exec(`
    INSERT INTO recordings (id, name, source_path, source_size_bytes, source_modified_ms, state, facts, created_at_ms)
    VALUES ('r', 'a.wav', '/a.wav', 1, 1, 'ready', '{}', 1);
    INSERT INTO objects VALUES ('o', 'r', 'part', 1, 1, x'00', 1, 1, 1);
    INSERT INTO parts VALUES ('r', 0, 0, 0, 960000, 'o', x'', x'');
  `);
  db.exec("DELETE FROM recordings WHERE id = 'r'");
  expect(
    db.prepare('SELECT (SELECT count(*) FROM objects) + (SELECT count(*) FROM parts)').pluck().get(),
  ).toBe(0);
});
