import type { Migration } from '../migration.ts';

/**
 * Undo groups of edits: neighbours in the log with the same `gesture` are undone together. Its value is opaque; edits
 * without one, as all earlier ones, are undone one by one.
 */
export const migration: Migration = {
  number: 10,
  name: 'gestures',
  up(db) {
    db.exec('ALTER TABLE edits ADD COLUMN gesture TEXT;');
  },
};
