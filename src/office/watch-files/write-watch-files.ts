import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WATCH_FOLDER, watchFiles } from './watch-files.ts';

await mkdir(WATCH_FOLDER, { recursive: true });
for (const [name, text] of Object.entries(watchFiles())) {
  await writeFile(join(WATCH_FOLDER, name), text);
  process.stdout.write(`${join(WATCH_FOLDER, name)}\n`);
}
