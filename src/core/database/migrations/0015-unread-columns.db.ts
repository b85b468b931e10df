import type { Migration } from '../migration.ts';

/** Drops the time at which windows were planned, which nothing reads. */
export const migration: Migration = {
  number: 15,
  name: 'unread-columns',
  up(db) {
    db.exec('ALTER TABLE windows DROP COLUMN planned_at_ms');
  },
};
