import type { Connection } from '../../core/database/connection.db.ts';
import { DEFAULT_TENANT, TenantSettings } from '../contract/office-access.ts';

/** What a tenant uses of what it may. */
export interface TenantUsage {
  readonly openJobs: number;
  readonly storedBytes: number;
  /** Of uploads that were begun on the day of `atMs`, UTC. */
  readonly bytesToday: number;
}

const DAY_MS = 86_400_000;

/** States of a job that has not ended. */
const UNFINISHED = "('queued', 'running', 'waiting', 'paused')";

const SELECT = `SELECT id, weight, open_jobs AS openJobs, bytes_a_day AS bytesADay, stored_bytes AS storedBytes,
  requests_a_minute AS requestsAMinute, requests_a_minute_of_one AS requestsAMinuteOfOne FROM tenants`;

/** The rows of tenants, and what each uses. */
export class OfficeTenants {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The settings of a tenant; null for one that nobody has made. */
  get(id: string): TenantSettings | null {
    const row = this.#connection.one<TenantSettings>(`${SELECT} WHERE id = @id`, { id });
    return row === null ? null : TenantSettings.parse(row);
  }

  /** The settings that hold for a tenant: the defaults, where nobody has made others. */
  settings(id: string): TenantSettings {
    return this.get(id) ?? DEFAULT_TENANT;
  }

  /** All tenants that were made, by name. */
  list(): ({ readonly id: string } & TenantSettings)[] {
    return this.#connection.all(`${SELECT} ORDER BY id`);
  }

  /** Makes a tenant or changes its settings; those that are not passed stay, or are the defaults. Throws a ZodError for what no tenant may have. */
  make(id: string, settings: Partial<TenantSettings>, atMs: number): TenantSettings {
    return this.#connection.transaction(() => {
      const wanted = TenantSettings.parse({ ...this.settings(id), ...settings });
      this.#connection.run(
        `INSERT INTO tenants (id, weight, open_jobs, bytes_a_day, stored_bytes, requests_a_minute, requests_a_minute_of_one,
           created_at_ms)
         VALUES (@id, @weight, @openJobs, @bytesADay, @storedBytes, @requestsAMinute, @requestsAMinuteOfOne, @atMs)
         ON CONFLICT DO UPDATE SET weight = excluded.weight, open_jobs = excluded.open_jobs, bytes_a_day = excluded.bytes_a_day,
           stored_bytes = excluded.stored_bytes, requests_a_minute = excluded.requests_a_minute,
           requests_a_minute_of_one = excluded.requests_a_minute_of_one`,
        { id, ...wanted, atMs },
      );
      return wanted;
    });
  }

  /** What a tenant uses at a time. */
  usage(id: string, atMs: number): TenantUsage {
    const sent = this.#connection.one<Omit<TenantUsage, 'openJobs'>>(
      `SELECT stored_bytes AS storedBytes, CASE WHEN day = @day THEN bytes_of_day ELSE 0 END AS bytesToday
       FROM tenant_usage WHERE tenant_id = @id`,
      { id, day: Math.floor(atMs / DAY_MS) },
    );
    return {
      openJobs: this.openJobs(id),
      storedBytes: sent?.storedBytes ?? 0,
      bytesToday: sent?.bytesToday ?? 0,
    };
  }

  /** How many uploads are not complete and jobs have not ended; a divided recording is one. */
  openJobs(id: string): number {
    const counted = this.#connection.one<{ count: number }>(
      `SELECT (SELECT count(*) FROM uploads WHERE tenant_id = @id AND NOT is_complete)
         + (SELECT count(*) FROM jobs WHERE tenant_id = @id AND parent_id IS NULL AND state IN ${UNFINISHED}) AS count`,
      { id },
    );
    return counted?.count ?? 0;
  }
}
