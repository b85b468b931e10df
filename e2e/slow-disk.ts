import type { RunningApp } from './running-app.ts';

/**
 * Lets the running app read files as from a slow disk: with this many milliseconds before each piece; 0 is as before. So
 * that the copying of a small vault can be watched and broken off.
 */
export async function slowDisk(app: RunningApp, milliseconds: number): Promise<void> {
  await app.electron.evaluate((_, delay) => {
    const slowed = globalThis as { readDelay?: number };
    const isNew = slowed.readDelay === undefined;
    slowed.readDelay = delay;
    if (!isNew) return;
    const fs = process.getBuiltinModule('node:fs');
    const { Readable } = process.getBuiltinModule('node:stream');
    const read = fs.createReadStream;
    const slowly = (...of: Parameters<typeof read>) =>
      Readable.from(
        (async function* () {
          for await (const bytes of read(...of)) {
            if (slowed.readDelay) await new Promise((resolve) => setTimeout(resolve, slowed.readDelay));
            yield bytes;
          }
        })(),
      );
    Object.assign(fs, { createReadStream: slowly });
    process.getBuiltinModule('node:module').syncBuiltinESMExports();
  }, milliseconds);
}
