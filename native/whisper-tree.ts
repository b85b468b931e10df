import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The whisper.cpp release that the addon is written against. */
export const WHISPER_VERSION = '1.9.1';

/** The compiled part of the tree: folders recursively, `*` for a folder's own files only, and single files. */
const COMPILED = [
  'LICENSE',
  'include',
  'src/*',
  'ggml/CMakeLists.txt',
  'ggml/cmake',
  'ggml/include',
  'ggml/src/*',
  'ggml/src/ggml-blas',
  'ggml/src/ggml-cpu',
  'ggml/src/ggml-metal',
  'examples/*',
  'examples/cli',
];

/** SHA-256 of the compiled part of whisper.cpp 1.9.1, as `hashWhisperTree` computes it. */
export const WHISPER_TREE_SHA256 = 'af3d971bf68ce87da305fcfbe9d935b15acd02cf344552481a637469321c1f1c';

/**
 * SHA-256 over all files of the whisper.cpp tree that are compiled: for each, in the order of their paths,
 * path, NUL, size, NUL and content.
 */
export function hashWhisperTree(root: string): string {
  const hash = createHash('sha256');
  for (const path of COMPILED.flatMap((entry) => filesOf(root, entry)).sort()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`);
    hash.update(content);
  }
  return hash.digest('hex');
}

function filesOf(root: string, entry: string): string[] {
  const deep = !entry.endsWith('/*');
  const folder = deep ? entry : entry.slice(0, -2);
  try {
    return readdirSync(join(root, folder), { withFileTypes: true, recursive: deep })
      .filter((file) => file.isFile())
      .map((file) =>
        join(file.parentPath, file.name)
          .slice(root.length + 1)
          .replaceAll('\\', '/'),
      );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [entry];
    throw error;
  }
}
