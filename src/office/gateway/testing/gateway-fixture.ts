import { randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { AppError } from '../../../contract/errors.ts';
import type { JobState } from '../../../contract/job.ts';
import { assertAllowed, type JobAction } from '../../../contract/job-states.ts';
import { SqliteConnection } from '../../../core/database/connection.db.ts';
import { TokenScope } from '../../contract/office-api.ts';
import { OfficeTokens } from '../../database/office-tokens.db.ts';
import { OfficeUploads } from '../../database/office-uploads.db.ts';
import { UPLOADS_AND_TOKENS } from '../../database/uploads-tables.db.ts';
import { S3Store } from '../../store/s3-store.ts';
import { type S3TestStore, startS3TestStore } from '../../store/testing/s3-test-store.ts';
import { makeToken } from '../access-tokens.ts';
import { openGateway } from '../gateway.ts';
import type { JobCommands, JobRow, JobRows } from '../office-services.ts';

/** Jobs of a test, that no worker ever takes. */
class JobsOfTest implements JobRows {
  readonly #jobs = new Map<string, JobRow>();

  add({ id, tenantId, atMs }: { id: string; tenantId: string; atMs: number }): void {
    if (this.#jobs.has(id)) throw new Error('a second job of one id');
    const nothingYet = {
      attempts: 0,
      failureCode: null,
      retryAtMs: null,
      startedAtMs: null,
      finishedAtMs: null,
    };
    this.#jobs.set(id, { id, tenantId, state: 'queued', createdAtMs: atMs, ...nothingYet });
  }

  get(id: string): JobRow {
    const job = this.#jobs.get(id);
    if (job === undefined) throw new AppError('job.notFound', { id });
    return job;
  }

  list({ state, tenantId }: { state: JobState | null; tenantId: string }): JobRow[] {
    return [...this.#jobs.values()].filter(
      (job) => job.tenantId === tenantId && (state === null || job.state === state),
    );
  }

  set(id: string, state: JobState): void {
    this.#jobs.set(id, { ...this.get(id), state });
  }
}

/** A gateway over a test store and a database in memory, with two tenants. */
export async function gatewayOfTest() {
  const server: S3TestStore = await startS3TestStore();
  const store = new S3Store(server.place);
  const handle = new Sqlite(':memory:');
  UPLOADS_AND_TOKENS.up(handle, null);
  const connection = new SqliteConnection(handle);
  const jobs = new JobsOfTest();
  const sent: string[] = [];
  const command = (action: JobAction, state: JobState) => async (id: string) => {
    assertAllowed(action, jobs.get(id).state);
    jobs.set(id, state);
  };
  const queue: JobCommands = {
    add: async (id) => void sent.push(id),
    pause: command('pause', 'paused'),
    resume: command('resume', 'queued'),
    cancel: command('cancel', 'cancelled'),
    retry: command('retry', 'queued'),
  };
  const tokens = new OfficeTokens(connection);
  const uploads = new OfficeUploads(connection);
  const clock = { nowMs: Date.now() };
  const unexpected: unknown[] = [];
  const services = { store, uploads, tokens, jobs, queue, now: () => clock.nowMs };
  const app = await openGateway(services, (_, error) => unexpected.push(error));
  const tokenFor = (tenantId: string, scopes = TokenScope.options, lifetimeMs = 3_600_000) =>
    makeToken(tokens, { tenantId, scopes, expiresAtMs: clock.nowMs + lifetimeMs }, clock.nowMs);
  return {
    ...{ app, server, store, services, uploads, jobs, sent, clock, unexpected, tokenFor },
    tenants: { own: `tenant-${randomUUID()}`, other: `tenant-${randomUUID()}` },
    close: async () => {
      await app.close();
      store.close();
      await server.close();
      handle.close();
    },
  };
}
