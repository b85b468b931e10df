import type { Locale } from '../../contract/locale.ts';
import type { Connection } from '../../core/database/connection.db.ts';
import { NoticeType } from '../contract/notices-api.ts';
import type { OfficeErrorCode } from '../contract/office-errors.ts';

/** Who is told of a tenant's jobs, and how. */
export interface Subscription {
  readonly id: string;
  readonly tenantId: string;
  readonly channel: 'email' | 'webhook';
  /** An address, or a URL. */
  readonly target: string;
  readonly types: readonly NoticeType[];
  readonly language: Locale;
  /** What a webhook is signed with; null for mail. It must be known to sign, and is as safe as this database. */
  readonly secret: Uint8Array | null;
  /** The secret before, which signs as well until then. */
  readonly earlierSecret: Uint8Array | null;
  readonly earlierUntilMs: number | null;
  /** Why nothing is sent any more; null while it is. */
  readonly endedBy: OfficeErrorCode | null;
  /** When the last mail was sent; null if none was. */
  readonly mailedAtMs: number | null;
  readonly createdAtMs: number;
}

type Row = Omit<Subscription, 'types'> & { readonly types: string };

const SELECT = `SELECT id, tenant_id AS tenantId, channel, target, types, language, secret, earlier_secret AS earlierSecret,
  earlier_until_ms AS earlierUntilMs, ended_by AS endedBy, mailed_at_ms AS mailedAtMs, created_at_ms AS createdAtMs
  FROM subscriptions`;

/** The rows of subscriptions. */
export class Subscriptions {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Adds one; false if the tenant has told of this target already. */
  add(
    subscription: Omit<Subscription, 'earlierSecret' | 'earlierUntilMs' | 'endedBy' | 'mailedAtMs'>,
  ): boolean {
    const added = this.#connection.run(
      `INSERT INTO subscriptions (id, tenant_id, channel, target, types, language, secret, created_at_ms)
       VALUES (@id, @tenantId, @channel, @target, @types, @language, @secret, @createdAtMs) ON CONFLICT DO NOTHING`,
      // The trigger that writes notices looks for a type among these words.
      { ...subscription, types: subscription.types.join(' ') },
    );
    return added === 1;
  }

  /** A tenant's subscription; null if it has none with this id. */
  get(tenantId: string, id: string): Subscription | null {
    const sql = `${SELECT} WHERE id = @id AND tenant_id = @tenantId`;
    const row = this.#connection.one<Row>(sql, { id, tenantId });
    return row === null ? null : subscriptionOf(row);
  }

  /** A tenant's subscriptions, the oldest first. */
  list(tenantId: string): Subscription[] {
    const sql = `${SELECT} WHERE tenant_id = @tenantId ORDER BY created_at_ms, id`;
    return this.#connection.all<Row>(sql, { tenantId }).map(subscriptionOf);
  }

  /** Forgets a tenant's subscription with all its notices. */
  remove(tenantId: string, id: string): void {
    this.#connection.run('DELETE FROM subscriptions WHERE id = @id AND tenant_id = @tenantId', {
      id,
      tenantId,
    });
  }

  /** Gives a webhook another secret; the present one signs as well until `earlierUntilMs`. */
  changeSecret(id: string, secret: Uint8Array, earlierUntilMs: number): void {
    this.#connection.run(
      `UPDATE subscriptions SET earlier_secret = secret, earlier_until_ms = @earlierUntilMs, secret = @secret
       WHERE id = @id AND channel = 'webhook'`,
      { id, secret, earlierUntilMs },
    );
  }

  /** Those of all tenants that have something to send now. */
  withDue(nowMs: number): Subscription[] {
    return this.#connection
      .all<Row>(
        `${SELECT} WHERE ended_by IS NULL AND EXISTS (
           SELECT 1 FROM notices WHERE subscription_id = subscriptions.id AND due_at_ms <= @nowMs)`,
        { nowMs },
      )
      .map(subscriptionOf);
  }
}

function subscriptionOf({ types, ...row }: Row): Subscription {
  return { ...row, types: types.split(' ').map((type) => NoticeType.parse(type)) };
}
