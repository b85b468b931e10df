import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { HAND_OVER_ENDING } from '../../app/hand-over/hand-overs.ts';
import { type FoundFile, scanWatched } from '../../app/watched-folders/folder-scan.ts';
import { SettledFiles, stampOf } from '../../app/watched-folders/settled-files.ts';
import type { ExportFormat } from '../../contract/document.ts';
import { AppError, isAppError } from '../../contract/errors.ts';
import { Desk, type DeskParts, isHandOver } from './desk.ts';
import type { DeskHandOvers } from './desk-hand-overs.ts';

/** How a folder is watched. */
export interface WatchOptions {
  readonly folder: string;
  /** Where texts and hand-overs go; never the folder itself. */
  readonly out: string;
  readonly formats: readonly ExportFormat[];
  /** Null where no passphrase is known: hand-overs are then left where they are. */
  readonly handOvers: DeskHandOvers | null;
  readonly everyMs: number;
}

/**
 * Sends every recording and hand-over that appears in a folder once it is whole, and writes what comes back, until the signal is
 * aborted. A file that was sent is not sent again; problems are told, and tried again at the next look, but for a hand-over that
 * cannot be opened, which is tried again once it has changed.
 */
export async function watchFolder(
  parts: DeskParts,
  options: WatchOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const desk = new Desk(parts);
  const memory: WatchMemory = { settled: new SettledFiles(), refused: new Set() };
  while (!signal.aborted) {
    await trying(parts, options.folder, () => look(desk, parts, options, memory));
    await wait(options.everyMs, null, { signal }).catch(() => undefined);
  }
}

/** What a watch knows besides the client's state. */
interface WatchMemory {
  readonly settled: SettledFiles;
  readonly refused: Set<string>;
}

async function look(
  desk: Desk,
  parts: DeskParts,
  { folder, out, formats, handOvers }: WatchOptions,
  { settled, refused }: WatchMemory,
): Promise<void> {
  const scan = await scanWatched(folder, handOvers === null ? [] : [HAND_OVER_ENDING]);
  if (scan.state !== 'watching') {
    const code = scan.state === 'gone' ? 'folder.gone' : 'folder.unreadable';
    throw new AppError(code, { folder });
  }
  await desk.goOn();
  await handOvers?.goOn();
  const pathOf = ({ name }: FoundFile) => resolve(folder, name);
  const keyOf = (found: FoundFile) => `${found.name}/${stampOf(found)}`;
  const fresh = scan.files.filter(
    (found) =>
      !refused.has(keyOf(found)) &&
      !parts.folder.state.isKnown({ file: pathOf(found), stamp: stampOf(found) }),
  );
  for (const found of settled.among(fresh)) {
    await trying(parts, found.name, async () => {
      if (!isHandOver(found.name)) return await desk.send(pathOf(found));
      try {
        await handOvers?.send(pathOf(found));
      } catch (error) {
        if (isAppError(error)) refused.add(keyOf(found));
        throw error;
      }
    });
  }
  await desk.fetch(out, formats);
  await handOvers?.returnInto(out);
}

/** Tells what fails; the next look tries it again. */
async function trying({ tell }: DeskParts, name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    tell({ type: 'problem', name, error });
  }
}
