import { randomUUID } from 'node:crypto';
import { TenantScope } from '../../src/office/contract/office-api.ts';
import { openOfficeDatabase } from '../../src/office/database/office-database.db.ts';
import { LocalOffice } from '../../src/office/demo/local-office.ts';
import { makeToken } from '../../src/office/gateway/access-tokens.ts';
import type { Report } from '../report.ts';
import type { BenchSettings } from '../settings.ts';
import { median, percentile } from '../statistics.ts';
import { SAMPLE_MODEL_PATH } from '../voicesync.ts';
import { PUT } from './simulated-users.ts';
import { usersElsewhere } from './users-process.ts';

const USERS = 1000;
const TENANTS = 50;
const SECONDS = 60;

/** Jobs that wait meanwhile: a morning of them. */
const WAITING_JOBS = 30_000;

/** Target of the 99th percentile of everything but the bytes, in milliseconds. */
const TARGET_MS = 200;

/** Simulated users who poll and upload small files, at one gateway. */
export async function benchOfficeLoad({ seed, limit, tell }: BenchSettings): Promise<Report> {
  await using office = await LocalOffice.start({ model: SAMPLE_MODEL_PATH, workers: 0, leaseMs: 30_000 });
  const users = Math.min(USERS, limit ?? USERS);
  const tokens = prepared(office, users);
  tell(`${users} users for a minute`);
  const { answers, refused, perSecond } = await usersElsewhere({
    ...{ gateway: office.address, tokens, seconds: SECONDS, seed },
  });
  const toGateway = [...answers].filter(([what]) => what !== PUT).flatMap(([, times]) => times);
  const worst = percentile(toGateway, 99);
  const figures = [...answers, ['all but the bytes', toGateway] as const];
  return {
    title: 'The office’s gateway under load',
    tables: [
      {
        title: `${users} users for ${SECONDS} s, ${WAITING_JOBS} jobs waiting: milliseconds`,
        header: ['what', 'answers', 'median', 'p99', 'longest'],
        rows: figures.map(([what, times]) => [
          ...[what, String(times.length)],
          ...[median(times), percentile(times, 99), percentile(times, 100)].map((ms) => ms.toFixed(0)),
        ]),
      },
    ],
    notes: [
      `${perSecond.toFixed(0)} requests a second at the gateway.`,
      'Gateway, Redis, the S3 test store and the users are processes of their own on this one machine.',
      ...refused.slice(0, 5).map((refusal) => `Refused: ${refusal}.`),
    ],
    claims: [
      {
        what: 'the gateway’s answers, p99',
        target: `under ${TARGET_MS} ms`,
        measured: `${worst.toFixed(0)} ms`,
        isKept: worst < TARGET_MS,
      },
      {
        what: 'requests that were refused',
        target: 'none',
        measured: String(refused.length),
        isKept: refused.length === 0,
      },
    ],
  };
}

/** Tokens for users of several tenants, and the rows of a morning, which belong to another. */
function prepared(office: LocalOffice, users: number): string[] {
  const database = openOfficeDatabase(office.database.file, office.database.key);
  try {
    return database.connection.transaction(() => {
      const atMs = Date.now();
      for (let job = 0; job < WAITING_JOBS; job += 1)
        database.jobs.add({ id: randomUUID(), tenantId: 'morning', atMs });
      const expiresAtMs = atMs + 3600 * 1000;
      return Array.from({ length: users }, (_, user) =>
        makeToken(database.tokens, {
          ...{ tenantId: `tenant-${user % TENANTS}`, scopes: TenantScope.options, expiresAtMs },
        }),
      );
    });
  } finally {
    database.close();
  }
}
