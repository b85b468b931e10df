import type { Connection } from '../../core/database/connection.db.ts';
import type { NoticeType } from '../contract/notices-api.ts';
import type { OfficeErrorCode } from '../contract/office-errors.ts';

/** What is to be told to one subscriber of one job, and has not been. A trigger writes it with the job's row. */
export interface Notice {
  /** The same however often it is sent. */
  readonly id: string;
  readonly jobId: string;
  readonly type: NoticeType;
  /** When it happened. */
  readonly atMs: number;
  /** How often it was tried. */
  readonly attempts: number;
  /** Why the last attempt failed; null if none did. */
  readonly failure: OfficeErrorCode | null;
  /** When it is sent; null if it was given up. */
  readonly dueAtMs: number | null;
}

/** Notices that go into one mail. */
export interface NoticeMail {
  /** The same however often it is sent. */
  readonly id: string;
  readonly done: number;
  readonly failed: number;
  readonly attempts: number;
}

/** How an attempt failed. */
export interface NoticeFailure {
  readonly failure: OfficeErrorCode;
  /** When to try again; null gives up. */
  readonly dueAtMs: number | null;
}

const SELECT = `SELECT id, job_id AS jobId, type, at_ms AS atMs, attempts, failure,
  due_at_ms AS dueAtMs FROM notices`;

/** The outbox: rows of what is to be told. What was delivered is deleted; what was given up is kept without a time. */
export class Notices {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Those that a webhook is to be sent now, the first so many. */
  due(subscriptionId: string, nowMs: number, limit: number): Notice[] {
    const sql = `${SELECT} WHERE subscription_id = @subscriptionId AND due_at_ms <= @nowMs ORDER BY due_at_ms LIMIT @limit`;
    return this.#connection.all<Notice>(sql, { subscriptionId, nowMs, limit });
  }

  /** Notes that one was delivered. */
  delivered(id: string): void {
    this.#connection.run('DELETE FROM notices WHERE id = @id', { id });
  }

  /** Notes that one was not. Of a subscription that has ended meanwhile it is given up. */
  failed(id: string, { failure, dueAtMs }: NoticeFailure): void {
    this.#connection.run(
      `UPDATE notices SET attempts = attempts + 1, failure = @failure,
         due_at_ms = iif((SELECT ended_by FROM subscriptions WHERE id = subscription_id) IS NULL, @dueAtMs, NULL)
       WHERE id = @id`,
      { id, failure, dueAtMs },
    );
  }

  /**
   * The mail that is to be sent to a subscriber now; null if there is none. One that was begun and not delivered is the same
   * again. Another is made of all that waits: `everyMs` after the last one, and once its oldest notice has waited `gatherMs`.
   */
  mailDue(
    subscriptionId: string,
    { nowMs, gatherMs, everyMs, newId }: { nowMs: number; gatherMs: number; everyMs: number; newId: string },
  ): NoticeMail | null {
    return this.#connection.transaction(() => {
      const open = this.#mail(subscriptionId);
      if (open !== null) return open.dueAtMs <= nowMs ? open : null;
      const times = this.#connection.one<{ oldestMs: number | null; mailedMs: number | null }>(
        `SELECT mailed_at_ms AS mailedMs,
           (SELECT min(due_at_ms) FROM notices WHERE subscription_id = @subscriptionId) AS oldestMs
         FROM subscriptions WHERE id = @subscriptionId`,
        { subscriptionId },
      );
      if ((times?.oldestMs ?? nowMs) > nowMs - gatherMs) return null;
      if ((times?.mailedMs ?? 0) > nowMs - everyMs) return null;
      this.#connection.run(
        `UPDATE notices SET mail_id = @newId WHERE subscription_id = @subscriptionId AND due_at_ms <= @nowMs`,
        { subscriptionId, nowMs, newId },
      );
      return this.#mail(subscriptionId);
    });
  }

  /** Notes that a subscriber's mail was delivered. */
  mailDelivered(subscriptionId: string, mailId: string, atMs: number): void {
    this.#connection.transaction(() => {
      this.#connection.run(
        'DELETE FROM notices WHERE subscription_id = @subscriptionId AND mail_id = @mailId',
        { subscriptionId, mailId },
      );
      this.#connection.run('UPDATE subscriptions SET mailed_at_ms = @atMs WHERE id = @subscriptionId', {
        subscriptionId,
        atMs,
      });
    });
  }

  /** Notes that it was not. */
  mailFailed(subscriptionId: string, mailId: string, { failure, dueAtMs }: NoticeFailure): void {
    this.#connection.run(
      `UPDATE notices SET attempts = attempts + 1, failure = @failure, due_at_ms = @dueAtMs
       WHERE subscription_id = @subscriptionId AND mail_id = @mailId`,
      { subscriptionId, mailId, failure, dueAtMs },
    );
  }

  /** Ends a subscription: nothing further is written for it, and what it has is given up. */
  endSubscription(subscriptionId: string, endedBy: OfficeErrorCode): void {
    this.#connection.transaction(() => {
      this.#connection.run('UPDATE subscriptions SET ended_by = @endedBy WHERE id = @subscriptionId', {
        subscriptionId,
        endedBy,
      });
      this.#connection.run(
        'UPDATE notices SET failure = @endedBy, due_at_ms = NULL WHERE subscription_id = @subscriptionId',
        { subscriptionId, endedBy },
      );
    });
  }

  /** A subscription's notices that were given up, the oldest first. */
  undelivered(subscriptionId: string, limit: number): Notice[] {
    const sql = `${SELECT} WHERE subscription_id = @subscriptionId AND due_at_ms IS NULL ORDER BY at_ms, id LIMIT @limit`;
    return this.#connection.all<Notice>(sql, { subscriptionId, limit });
  }

  /** How many they are. */
  undeliveredCount(subscriptionId: string): number {
    const sql =
      'SELECT count(*) AS count FROM notices WHERE subscription_id = @subscriptionId AND due_at_ms IS NULL';
    return this.#connection.one<{ count: number }>(sql, { subscriptionId })?.count ?? 0;
  }

  /** Sends them again, as if they were new, and takes up a subscription that had ended. Returns how many they are. */
  resend(subscriptionId: string, nowMs: number): number {
    return this.#connection.transaction(() => {
      this.#connection.run('UPDATE subscriptions SET ended_by = NULL WHERE id = @subscriptionId', {
        subscriptionId,
      });
      return this.#connection.run(
        `UPDATE notices SET attempts = 0, due_at_ms = @nowMs, mail_id = NULL
         WHERE subscription_id = @subscriptionId AND due_at_ms IS NULL`,
        { subscriptionId, nowMs },
      );
    });
  }

  /** Forgets what was given up and happened before this time. */
  forget(beforeMs: number): void {
    this.#connection.run('DELETE FROM notices WHERE due_at_ms IS NULL AND at_ms < @beforeMs', { beforeMs });
  }

  /** The mail of a subscriber that was begun; null if there is none. */
  #mail(subscriptionId: string): (NoticeMail & { readonly dueAtMs: number }) | null {
    return this.#connection.one(
      `SELECT mail_id AS id, sum(type = 'job.done') AS done, sum(type = 'job.failed') AS failed,
         max(attempts) AS attempts, max(due_at_ms) AS dueAtMs
       FROM notices WHERE subscription_id = @subscriptionId AND mail_id IS NOT NULL AND due_at_ms IS NOT NULL
       GROUP BY mail_id`,
      { subscriptionId },
    );
  }
}
