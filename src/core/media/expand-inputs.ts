import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { asAppError, fileError } from '../system-errors.ts';
import { namedPath, requireFile } from './named-input.ts';
import { RAW_ENDINGS } from './raw-codings.ts';

/** Endings of raw sound that photographs, programs and data have as often. */
const OF_OTHER_FILES_TOO = ['.raw', '.mu', '.al', '.ul', '.r8', '.r16'];

/** Endings by which recordings are looked for in a folder. A file that is named itself is tried whatever its ending. */
export const RECORDING_ENDINGS: ReadonlySet<string> = new Set([
  ...[...RAW_ENDINGS.keys()].filter((ending) => !OF_OTHER_FILES_TOO.includes(ending)),
  ...(
    '.3ga .3gp .aac .ac3 .aif .aiff .amr .ape .asf .au .avi .caf .ds2 .dss .flac .gsm .m2ts .m4a .m4b .m4v .mka .mkv ' +
    '.mov .mp2 .mp3 .mp4 .mpeg .mpg .mts .oga .ogg .ogv .opus .spx .tta .voc .w64 .wav .webm .wma .wmv .wv'
  ).split(' '),
]);

/** One thing that the user named, or one recording in a folder that was. */
export interface Input {
  /** Absolute. */
  readonly path: string;
  /** Why there is nothing to read here; null for a file, whose own faults are told in its turn. */
  readonly error: AppError | null;
}

/**
 * The files that the user named, each once, with folders replaced by the recordings in them and below, in natural
 * order. A folder that cannot be read, or holds no recording (`folder.empty`), stands in the list with its error.
 */
export async function expandInputs(named: readonly string[]): Promise<Input[]> {
  const inputs = new Map<string, Input>();
  const add = (path: string, error: AppError | null = null) => {
    if (!inputs.has(path)) inputs.set(path, { path, error });
  };
  for (const name of named) {
    const path = await namedPath(name);
    try {
      await requireFile(path);
      if (!(await isFolder(path))) add(path);
      else for (const file of await recordingsIn(path)) add(file);
    } catch (error) {
      add(path, asAppError(error));
    }
  }
  return [...inputs.values()];
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    // A missing file is told in its turn, with the others' results.
    const known = fileError(error, path);
    if (known instanceof AppError) return false;
    throw error;
  }
}

async function recordingsIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const byName = new Intl.Collator('en', { numeric: true });
    const found = entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .filter((entry) => RECORDING_ENDINGS.has(extname(entry.name).toLowerCase()))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort(byName.compare);
    if (found.length === 0) throw new AppError('folder.empty', { folder });
    return found;
  } catch (error) {
    throw fileError(error, folder);
  }
}
