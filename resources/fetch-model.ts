/**
 * Downloads an official Whisper model on a connected machine, at build time: `npm run fetch-model -- NAME`.
 * This is the only code of the project that connects to anything. It is no part of the product: nothing imports it,
 * and it is not packaged.
 */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  OFFICIAL_MODELS,
  OFFICIAL_MODELS_URL,
  type OfficialModel,
} from '../src/core/models/official-models.ts';

/** Where a model is fetched from and put, and how the download is watched. */
export interface FetchOptions {
  /** Address of the folder that holds the model files; without it, where the catalogue says. */
  readonly baseUrl?: string | undefined;
  readonly folder: string;
  /** Called after each piece. */
  readonly onProgress?: (fetchedBytes: number, totalBytes: number) => void;
}

/**
 * Downloads a model into `folder` and returns its path. An interrupted download goes on where it was. The file appears
 * under its own name only once size and SHA-256 are the catalogue's; where they differ, what came is deleted.
 */
export async function fetchModel(model: OfficialModel, options: FetchOptions): Promise<string> {
  const target = join(options.folder, model.file);
  const partial = `${target}.part`;
  await mkdir(options.folder, { recursive: true });

  const hash = createHash('sha256');
  const resumeAt = await hashExisting(partial, hash);
  const sha256 = isWhole(resumeAt, model)
    ? hash.digest('hex')
    : await download(model, partial, resumeAt, hash, options);
  const { size } = await stat(partial);
  if (sha256 !== model.sha256 || size !== model.sizeBytes) {
    await rm(partial);
    throw new Error(`${model.file}: what came is not the official file (${size} bytes, SHA-256 ${sha256})`);
  }
  await rename(partial, target);
  return target;
}

function isWhole(sizeBytes: number, model: OfficialModel): boolean {
  return sizeBytes >= model.sizeBytes;
}

async function hashExisting(file: string, hash: Hash): Promise<number> {
  const facts = await stat(file).catch(() => null);
  if (facts === null) return 0;
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return facts.size;
}

/** Appends what is missing to `partial`, or starts over where the server cannot resume. Returns the SHA-256 of all. */
async function download(
  model: OfficialModel,
  partial: string,
  resumeAt: number,
  resumedHash: Hash,
  { baseUrl, onProgress }: FetchOptions,
): Promise<string> {
  const url = `${baseUrl ?? model.publishedAt ?? OFFICIAL_MODELS_URL}/${model.file}`;
  const response = await fetch(url, resumeAt > 0 ? { headers: { Range: `bytes=${resumeAt}-` } } : {});
  // Asked for what lies behind its end, a server says 416: it has no more than has come already.
  if (response.status === 416) return resumedHash.digest('hex');
  if (!response.ok || response.body === null)
    throw new Error(`${url}: the server answered ${response.status}`);

  const resumed = response.status === 206;
  const hash = resumed ? resumedHash : createHash('sha256');
  let fetchedBytes = resumed ? resumeAt : 0;
  const file = await open(partial, resumed ? 'a' : 'w');
  try {
    for await (const chunk of response.body) {
      hash.update(chunk);
      await file.writeFile(chunk);
      fetchedBytes += chunk.length;
      onProgress?.(fetchedBytes, model.sizeBytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      'base-url': { type: 'string' },
      folder: { type: 'string', default: join(import.meta.dirname, 'models') },
    },
  });
  const [name] = positionals;
  const model = OFFICIAL_MODELS.find((official) => official.name === name);
  if (model === undefined) {
    console.error(
      'Usage: npm run fetch-model -- NAME [--base-url URL] [--folder DIR], where NAME is one of:',
    );
    console.error(OFFICIAL_MODELS.map((official) => official.name).join(', '));
    process.exitCode = 2;
    return;
  }
  const path = await fetchModel(model, {
    baseUrl: values['base-url'],
    folder: values.folder,
    onProgress: showProgress,
  });
  console.error(`\nVerified: ${path}`);
}

function showProgress(fetchedBytes: number, totalBytes: number): void {
  process.stderr.write(`\r${Math.floor(fetchedBytes / 1e6)} of ${Math.ceil(totalBytes / 1e6)} MB`);
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  });
}
