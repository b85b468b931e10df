/** The last part of a path of any system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? path;
}

/** The file name of a recording's subtitles in a folder without any: named after the source. */
export function subtitleFileName(
  recording: { readonly name: string; readonly sourcePath: string },
  folder: string,
  format: 'srt' | 'vtt',
): string {
  const source = fileName(recording.sourcePath);
  const sourceFolder = recording.sourcePath.slice(0, -source.length - 1);
  const name = sourceFolder === folder ? source : recording.name;
  return `${name.replace(/(?<=.)\.(?=\w*[a-z])\w{2,5}$/i, '')}.${format}`;
}
