/**
 * Writes beside the installers in `dist/`, or in the folder that is named, what an administrator checks them with: a bill of
 * materials for this system (`VoiceSync-<version>-<platform>-<arch>.cdx.json`), and `SHA256SUMS` of all of them.
 * `--sums` writes the sums alone, as for installers of several systems in one folder.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hashOfFile } from '../src/core/files/file-hash.ts';
import { makeBom } from './sbom.ts';

/** What is handed on; electron-builder leaves other files in the folder too. */
const HANDED_ON = /\.(deb|AppImage|dmg|exe|cdx\.json)$/;

const REPOSITORY = join(import.meta.dirname, '..');

const { values, positionals } = parseArgs({
  options: { sums: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folder = resolve(positionals[0] ?? join(REPOSITORY, 'dist'));

if (!values.sums) {
  const { version } = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8'));
  const { platform, arch } = process;
  const bom = await makeBom(REPOSITORY, { platform, arch }, new Date());
  await writeFile(
    join(folder, `VoiceSync-${version}-${platform}-${arch}.cdx.json`),
    `${JSON.stringify(bom, null, 2)}\n`,
  );
}
const names = (await readdir(folder)).filter((name) => HANDED_ON.test(name)).sort();
const lines = await Promise.all(
  names.map(async (name) => `${await hashOfFile(join(folder, name))}  ${name}\n`),
);
await writeFile(join(folder, 'SHA256SUMS'), lines.join(''));
console.log(`${folder}: SHA256SUMS of ${names.join(', ')}`);
