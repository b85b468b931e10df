import { fork } from 'node:child_process';
import { once } from 'node:events';
import { seededRandom } from '../statistics.ts';
import { type LoadOutcome, simulateUsers } from './simulated-users.ts';

/** What the users' process is told. */
export interface UsersOrder {
  readonly gateway: string;
  readonly tokens: readonly string[];
  readonly seconds: number;
  readonly seed: number;
}

/** Simulates users in a process of their own: what they do is no work of the store's, nor the gateway's. */
export async function usersElsewhere(order: UsersOrder): Promise<LoadOutcome> {
  const child = fork(import.meta.filename, { serialization: 'advanced' });
  child.send(order);
  const [outcome] = (await once(child, 'message')) as [LoadOutcome];
  return outcome;
}

if (process.argv[1] === import.meta.filename) {
  process.once('message', async ({ seed, ...load }: UsersOrder) => {
    const outcome = await simulateUsers({ ...load, random: seededRandom(seed) });
    process.send?.(outcome, () => process.exit());
  });
}
