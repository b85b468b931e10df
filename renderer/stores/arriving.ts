import { create } from 'zustand';
import { isModelName } from '../../src/contract/model-files.ts';
import { useLibrary } from './library.ts';

/** A dropped file under examination: it has no recording yet, and may turn out to be none. */
export interface ArrivingFile {
  readonly key: number;
  readonly name: string;
  /** Its target; null for no matter. */
  readonly matterId: string | null;
}

interface ArrivingStore {
  /** In the order in which they were dropped. */
  readonly files: readonly ArrivingFile[];
  /** How many drops lack some of their rows: a folder's content is not known before. */
  readonly underWay: number;
}

/** Files dropped a moment ago, so that each has its row at once. */
export const useArriving = create<ArrivingStore>(() => ({ files: [], underWay: 0 }));

/** Names of recordings have an extension, and those of most folders none. */
const WITH_ENDING = /\.[a-z0-9]{2,5}$/i;

let lastKey = 0;

/** Whether a file may be a recording, as far as its name shows: the main process decides from its bytes. */
export function isRecordingName(name: string): boolean {
  return WITH_ENDING.test(name) && !isModelName(name);
}

/** Shows rows for probable recordings by name, until `bring` has made recordings of them, or has not. */
export async function whileArriving<T extends { readonly added: readonly string[] }>(
  names: readonly string[],
  matterId: string | null,
  bring: () => Promise<T>,
): Promise<T> {
  const files = names.filter(isRecordingName).map((name): ArrivingFile => {
    lastKey += 1;
    return { key: lastKey, name, matterId };
  });
  const keys = new Set(files.map(({ key }) => key));
  useArriving.setState((before) => ({
    files: [...before.files, ...files],
    underWay: before.underWay + 1,
  }));
  const end = () => {
    remove(({ key }) => keys.has(key));
    useArriving.setState(({ underWay }) => ({ underWay: Math.max(0, underWay - 1) }));
  };
  try {
    const outcome = await bring();
    whenInLibrary(outcome.added, end);
    return outcome;
  } catch (error) {
    end();
    throw error;
  }
}

/** A recording of this name has its own row. */
export function hasArrived(name: string): void {
  const arrived = useArriving.getState().files.find((file) => file.name === name);
  if (arrived !== undefined) remove((file) => file === arrived);
}

/** Clears the store: the vault is locked. */
export function clearArriving(): void {
  useArriving.setState({ files: [], underWay: 0 });
}

function remove(isGone: (file: ArrivingFile) => boolean): void {
  useArriving.setState(({ files }) => ({ files: files.filter((file) => !isGone(file)) }));
}

/** The answer to a drop may arrive before its rows. */
function whenInLibrary(ids: readonly string[], then: () => void): void {
  const areThere = () => ids.every((id) => useLibrary.getState().recordings.has(id));
  if (areThere()) {
    then();
    return;
  }
  const stop = useLibrary.subscribe(({ loaded }) => {
    if (loaded && !areThere()) return;
    stop();
    then();
  });
}
