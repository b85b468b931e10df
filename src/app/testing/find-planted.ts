import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Something that must not be readable anywhere: a text, or the bytes of audio. */
export type Planted = { readonly what: string } & ({ readonly text: string } | { readonly bytes: Buffer });

/**
 * Searches the names and contents of all files below a folder, in UTF-8, UTF-16 and base64, ignoring case. Returns
 * what was found in which file; an empty list if nothing.
 */
export async function findPlanted(folder: string, planted: readonly Planted[]): Promise<string[]> {
  const hits: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const content = entry.isFile() ? await readFile(file) : Buffer.alloc(0);
    const haystack = Buffer.concat([Buffer.from(entry.name), content])
      .toString('latin1')
      .toLowerCase();
    for (const item of planted) {
      const seen = needlesOf(item).find((needle) =>
        haystack.includes(needle.toString('latin1').toLowerCase()),
      );
      if (seen !== undefined) hits.push(`${item.what} in ${file}`);
    }
  }
  return hits;
}

function needlesOf(planted: Planted): Buffer[] {
  if ('bytes' in planted) return [planted.bytes, ...base64Of(planted.bytes)];
  const utf8 = Buffer.from(planted.text);
  const utf16 = Buffer.from(planted.text, 'utf16le');
  return [utf8, utf16, Buffer.from(utf16).swap16(), ...base64Of(utf8), ...base64Of(utf16)];
}

/** The base64 of some bytes at each of the three offsets in a group, without what depends on neighbours. */
function base64Of(bytes: Buffer): Buffer[] {
  return [0, 1, 2].map((offset) => {
    const encoded = bytes.subarray(offset).toString('base64');
    return Buffer.from(encoded.slice(0, encoded.length - 6));
  });
}
