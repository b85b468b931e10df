import type { Migration } from '../../core/database/migration.ts';

/** The notices of a mail that was begun are looked for among tens of thousands that wait, each time the outbox is looked at. */
export const MAILS_INDEX: Migration = {
  number: 8,
  name: 'notices by mail',
  up(db) {
    db.exec('CREATE INDEX notices_by_mail ON notices (subscription_id, mail_id) WHERE mail_id IS NOT NULL');
  },
};
