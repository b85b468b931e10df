import type { Migration } from '../migration.ts';

/**
 * What edits were made in one go: neighbours in the log with the same gesture are undone together. A gesture's name says
 * nothing; edits without one, as all earlier ones, stand for themselves.
 */
export const migration: Migration = {
  number: 10,
  name: 'gestures',
  up(db) {
    db.exec('ALTER TABLE edits ADD COLUMN gesture TEXT;');
  },
};
