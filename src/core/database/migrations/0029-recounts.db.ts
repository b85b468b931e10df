import type { Migration } from '../migration.ts';

/** The numbers of speakers asked for before and after an edit that told them apart anew, as JSON; null for any other edit. */
export const migration: Migration = {
  number: 29,
  name: 'recounts',
  up(db) {
    db.exec('ALTER TABLE edits ADD COLUMN recount TEXT');
  },
};
