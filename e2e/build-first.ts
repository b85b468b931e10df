import { ensureBuilt } from './built-app.ts';
import { shareVaults } from './prepared-vaults.ts';

/** Runs once before all specs; what it returns, after them. */
export default async function buildFirst(): Promise<() => Promise<void>> {
  ensureBuilt();
  return await shareVaults();
}
