/** The last part of a path of any system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? path;
}

/** The folder of a path, on any system. */
export function folderName(path: string): string {
  return path.slice(0, Math.max(1, path.length - fileName(path).length - 1));
}
