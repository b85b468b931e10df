/** A process for tests to kill: acquires the lock of a vault's folder, answers, and waits. Small: tests start many. */
import { isAppError } from '../../../contract/errors.ts';
import { VaultLock } from '../vault-lock.ts';

const held: VaultLock[] = [];
try {
  held.push(VaultLock.acquire(process.argv[2] ?? '', 'test'));
  process.send?.({ state: 'held' });
} catch (error) {
  if (!isAppError(error)) throw error;
  process.send?.({ state: 'refused', code: error.code, details: error.details });
}
// Keeps the process alive, and with it the lock, until it is killed.
setInterval(() => held.length, 1 << 30);
