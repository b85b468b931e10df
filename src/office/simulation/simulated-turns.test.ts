import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openOfficeDatabase } from '../database/office-database.db.ts';
import { seededRandom } from './seeded-random.ts';
import { SimulatedTurns } from './simulated-turns.ts';

it('gives the turns that the office’s rows give', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'office-turns-'));
  const { jobs, close } = openOfficeDatabase(join(folder, 'office.db'), randomBytes(32));
  const [random, turns] = [seededRandom(14), new SimulatedTurns(4)];
  const begun: { real: string[]; simulated: string[] } = { real: [], simulated: [] };
  try {
    let added = 0;
    for (let step = 0; step < 300; step += 1) {
      if (random() < 0.55) {
        // The first tenant sends most, the last little.
        const tenant = Math.floor(4 * random() ** 2);
        jobs.add({ id: String(added), tenantId: `tenant-${tenant}`, atMs: 0 });
        turns.add(added, tenant);
        added += 1;
      } else if (begun.real.length < added) {
        begun.real.push(jobs.beginNext({ ticket: '0', atMs: 0, leaseUntilMs: 1 }).id);
        begun.simulated.push(String(turns.next()));
      }
    }
  } finally {
    close();
    await rm(folder, { recursive: true });
  }
  expect(begun.real.length).toBeGreaterThan(100);
  expect(begun.simulated).toEqual(begun.real);
  expect(begun.real).not.toEqual(begun.real.toSorted((a, b) => Number(a) - Number(b)));
});
