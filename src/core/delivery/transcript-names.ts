import { dirname, extname, resolve } from 'node:path';
import { foldedName, labelledBaseName, safeBaseName } from '../files/safe-file-name.ts';
import { withoutEnding } from '../media/sources/recording-endings.ts';

/** A recording whose transcript is to be written, and its folder. */
export interface WrittenRecording {
  /** As shown to the user: the source's file name, or what it was renamed to. */
  readonly name: string;
  /** Absolute path of its source; '' if it was recorded here. */
  readonly sourcePath: string;
  /** The folder of the transcript. */
  readonly folder: string;
}

/**
 * The base names of transcripts that are written together, each unique in its folder, in any file system: a name that is
 * required once stays; if several require it, each has a label in brackets for its recording: the folder of its source
 * (`REC0001 (day1)`), the source's extension (`a (mp3)`), both, and if both are alike a number. The same
 * recordings result in the same names, in any order.
 */
export function transcriptNames(recordings: readonly WrittenRecording[]): string[] {
  const wanted = recordings.map(({ name }) => safeBaseName(withoutEnding(name)));
  const keyOf = (index: number, name: string) =>
    `${resolve(recordings[index]?.folder ?? '')}\0${foldedName(name)}`;
  const grouped = Map.groupBy(recordings.keys(), (index) => keyOf(index, wanted[index] ?? ''));
  // In an order of their own: the label of one group may be a name that another wants.
  const groups = [...grouped].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = [...wanted];
  // A name required by one recording stays its own, whatever the labels of the others are.
  const taken = new Set(groups.filter(([, members]) => members.length === 1).map(([key]) => key));
  for (const [, members] of groups) {
    if (members.length === 1) continue;
    const inOrder = members.toSorted((a, b) => compared(recordings[a], recordings[b]));
    const labels = labelsOf(inOrder.map((index) => recordings[index]?.sourcePath ?? ''));
    for (const [at, index] of inOrder.entries()) {
      const name = firstFree(wanted[index] ?? '', labels[at] ?? '', (one) => taken.has(keyOf(index, one)));
      taken.add(keyOf(index, name));
      names[index] = name;
    }
  }
  return names;
}

/**
 * `transcriptNames`, but undefined for a recording that needs no other name than its own: its files have the name that it
 * has when they are written, and subtitles that of the video beside them.
 */
export function distinguishingNames(recordings: readonly WrittenRecording[]): (string | undefined)[] {
  return transcriptNames(recordings).map((name, at) =>
    name === safeBaseName(withoutEnding(recordings[at]?.name ?? '')) ? undefined : name,
  );
}

function compared(a: WrittenRecording | undefined, b: WrittenRecording | undefined): number {
  const [one, other] = [`${a?.sourcePath}\0${a?.name}`, `${b?.sourcePath}\0${b?.name}`];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A label that distinguishes each of these sources from the others; empty if nothing does. */
function labelsOf(paths: readonly string[]): string[] {
  const folders = paths.map((path) => (path === '' ? '' : dirname(path)));
  const folderLabels = folderLabelsOf(folders);
  const endings = paths.map((path) => extname(path).slice(1).toLowerCase());
  return paths.map((_, index) => {
    const beside = endings.filter((_ending, other) => folders[other] === folders[index]);
    const ending = new Set(beside).size > 1 ? (endings[index] ?? '') : '';
    return [folderLabels[index] ?? '', ending].filter((part) => part !== '').join(', ');
  });
}

/** The shortest end of each folder's path that distinguishes it from the others; empty if all are one folder. */
function folderLabelsOf(folders: readonly string[]): string[] {
  const different = new Set(folders).size;
  if (different === 1) return folders.map(() => '');
  const parts = folders.map((folder) => folder.split(/[/\\]/u).filter((part) => part !== ''));
  const deepest = Math.max(...parts.map((part) => part.length));
  for (let depth = 1; ; depth++) {
    const labels = parts.map((part) => part.slice(-depth).join('-'));
    if (depth >= deepest || new Set(labels.map(foldedLabel)).size === different) return labels;
  }
}

function foldedLabel(label: string): string {
  return foldedName(safeBaseName(label));
}

function firstFree(baseName: string, label: string, isTaken: (name: string) => boolean): string {
  const named = label === '' ? baseName : labelledBaseName(baseName, label);
  if (!isTaken(named)) return named;
  for (let number = 2; ; number++) {
    const numbered = labelledBaseName(baseName, label, number);
    if (!isTaken(numbered)) return numbered;
  }
}
