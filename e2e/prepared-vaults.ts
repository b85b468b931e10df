import { cp, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** A data folder with a vault, to be copied. */
export interface PreparedVault {
  readonly home: string;
  readonly recoveryKey: string;
}

/** The variable that tells a run's workers where they find each other's prepared vaults. */
const PREPARED_FOLDER = 'VOICESYNC_PREPARED_VAULTS';

/** How often a worker looks whether another has made what both want. */
const LOOK_MS = 100;

/** A copy of its own of a prepared vault. */
export async function copyOf({ home, recoveryKey }: PreparedVault): Promise<PreparedVault> {
  const copy = await mkdtemp(join(tmpdir(), 'vs-'));
  await cp(home, copy, { recursive: true });
  return { home: copy, recoveryKey };
}

/**
 * The vault of this name, which `make` makes the first time any worker of the run wants it; the others wait meanwhile.
 * Throws what `make` throws; the next who wants it then tries again.
 */
export async function prepared(name: string, make: () => Promise<PreparedVault>): Promise<PreparedVault> {
  const folder = process.env[PREPARED_FOLDER];
  if (folder === undefined)
    throw new Error(`${PREPARED_FOLDER} is not set: specs are run by Playwright's runner.`);
  const facts = join(folder, `${name}.json`);
  const lock = join(folder, `${name}.lock`);
  for (;;) {
    const made = await readFile(facts, 'utf8').catch(() => null);
    if (made !== null) return JSON.parse(made) as PreparedVault;
    if (!(await takes(lock))) {
      await setTimeout(LOOK_MS);
      continue;
    }
    try {
      const vault = await make();
      // At once: nobody reads half of it.
      await writeFile(`${facts}.new`, JSON.stringify(vault));
      await rename(`${facts}.new`, facts);
      return vault;
    } finally {
      await rm(lock, { force: true });
    }
  }
}

/** Makes the folder for a run's prepared vaults; the returned function deletes it and them. */
export async function shareVaults(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'vs-prepared-'));
  process.env[PREPARED_FOLDER] = folder;
  return async () => {
    for (const name of (await readdir(folder)).filter((one) => one.endsWith('.json'))) {
      const { home } = JSON.parse(await readFile(join(folder, name), 'utf8')) as PreparedVault;
      await rm(home, { recursive: true, force: true });
    }
    await rm(folder, { recursive: true, force: true });
  };
}

/** Whether this process has the lock now. One whose owner has ended, as a worker does after a failure, is free. */
async function takes(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch {
    const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (owner > 0 && !isAlive(owner)) await rm(lock, { force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
