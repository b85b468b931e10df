import type { Migration } from '../../core/database/migration.ts';

/** The tables of a client's own database. Append only, like the vault's. */
export const CLIENT_MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'sent recordings',
    up(db) {
      db.exec(`
        CREATE TABLE hand_overs (
          file TEXT PRIMARY KEY,
          stamp TEXT NOT NULL,
          target TEXT,
          state TEXT NOT NULL DEFAULT 'sending' CHECK (state IN ('sending', 'sent', 'returned'))
        ) STRICT;
        CREATE TABLE sent (
          id TEXT PRIMARY KEY,
          file TEXT NOT NULL,
          stamp TEXT NOT NULL,
          hand_over_recording TEXT,
          name TEXT NOT NULL,
          modified_ms INTEGER NOT NULL,
          job_id TEXT,
          state TEXT NOT NULL DEFAULT 'sending' CHECK (state IN ('sending', 'sent', 'fetched', 'failed')),
          failure_code TEXT,
          target TEXT,
          sent_at_ms INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX sent_by_file ON sent (file, ifnull(hand_over_recording, ''), stamp);
        CREATE INDEX sent_open ON sent (state, sent_at_ms);
        CREATE TABLE written (
          sent_id TEXT NOT NULL REFERENCES sent (id) ON DELETE CASCADE,
          format TEXT NOT NULL,
          file TEXT NOT NULL,
          sha256 TEXT NOT NULL,
          PRIMARY KEY (sent_id, format)
        ) STRICT, WITHOUT ROWID;
      `);
    },
  },
];
