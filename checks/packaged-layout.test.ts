import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../e2e/built-app.ts';
import { REPOSITORY } from './dependency-graph.ts';
import { type PackagedApp, type PackagedWindow, packageInto } from './packaged-app.ts';

/** What the archive may contain: the bundles, and the packages with native code. */
const ALLOWED = [
  /^package\.json$/,
  /^out\/main\/[\w-]+\.js$/,
  /^out\/preload\/(capture-)?preload\.cjs$/,
  /^out\/renderer\/((capture\/)?index\.html|assets\/[\w.-]+\.(js|css|woff2|svg|png))$/,
  /^node_modules\/better-sqlite3\/(package\.json|LICENSE|lib\/[\w/-]+\.js|prebuilds\/linux-x64\.node)$/,
  /^node_modules\/@node-rs\/argon2(-linux-x64-(gnu|musl))?\/[\w.-]+$/,
  /^node_modules\/onnxruntime-node\/(package\.json|dist\/\w+\.js)$/,
  /^node_modules\/onnxruntime-node\/bin\/napi-v6\/linux\/x64\/(onnxruntime_binding\.node|libonnxruntime\.so\.1)$/,
  /^node_modules\/onnxruntime-common\/(package\.json|dist\/cjs\/([\w-]+\.js|package\.json))$/,
];

const strangers = (files: readonly string[]) =>
  files.filter((file) => !ALLOWED.some((rule) => rule.test(file)));

/** Words that stand in the code of the office edition or of a package of its own, by a file that has them. */
const OFFICE_MARKS = {
  VSOFFICE: 'src/office/sealing/envelope-layout.ts',
  workersAndVault: 'src/messages/en/office-page.ts',
  vso_: 'src/office/gateway/access-tokens.ts',
  'x-amz-checksum': 'src/office/store/s3-store.ts',
  'webhook-signature': 'src/office/notices/webhook.ts',
  aws4_request: 'node_modules/@smithy/signature-v4/dist-es/constants.js',
  FST_ERR_: 'node_modules/fastify/lib/errors.js',
  'moveToDelayed-': 'node_modules/bullmq/dist/esm/scripts/index.js',
  MaxRetriesPerRequest: 'node_modules/ioredis/built/redis/event_handler.js',
} as const;

let folder: string;
let packaged: PackagedApp;
beforeAll(async () => {
  ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'packaged-'));
  packaged = await packageInto(folder);
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the archive', () => {
  it('holds what runs', () => {
    const wanted = ['package.json', 'out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];
    const capturePage = ['out/preload/capture-preload.cjs', 'out/renderer/capture/index.html'];
    expect(packaged.archived).toEqual(expect.arrayContaining([...wanted, ...capturePage]));
  });

  it('holds the command line, which the main bundle starts', async () => {
    const commands = packaged.archived.filter((file) => /^out\/main\/command-mode-[\w-]+\.js$/.test(file));
    expect(commands).toHaveLength(1);
    const [file = ''] = commands;
    expect(await packaged.read('out/main/main.js')).toContain(file.replace('out/main/', './'));
    const code = await packaged.read(file);
    for (const command of ['transcribe', 'vault', 'recordings', 'queue', 'models', 'doctor']) {
      expect(code).toContain(`.command("${command}")`);
    }
  });

  it('holds nothing else: no source, no test, no development package, no model downloader', () => {
    expect(strangers(packaged.archived)).toEqual([]);
  });

  it.each([
    'node_modules/smart-whisper/dist/index.js',
    'node_modules/nodejs-whisper/dist/index.js',
    'node_modules/vite/package.json',
    'node_modules/adm-zip/adm-zip.js',
    'node_modules/onnxruntime-node/node_modules/global-agent/bootstrap.js',
    'node_modules/onnxruntime-node/script/install.js',
    'node_modules/onnxruntime-node/bin/napi-v6/linux/arm64/onnxruntime_binding.node',
    'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so',
    'resources/fetch-model.ts',
    'src/app/open-app.ts',
    'e2e/stand-in/electron.ts',
  ])('would be refused with %s', (file) => {
    expect(strangers([...packaged.archived, file])).toEqual([file]);
  });

  it('holds nothing of the office edition: neither its code nor its packages', async () => {
    const marks = Object.keys(OFFICE_MARKS);
    for (const [mark, file] of Object.entries(OFFICE_MARKS)) {
      expect(await readFile(join(REPOSITORY, file), 'utf8'), file).toContain(mark);
    }
    const bundles = packaged.archived.filter((file) => /^out\/.*\.c?js$/.test(file));
    expect(bundles.length).toBeGreaterThan(10);
    for (const file of bundles) {
      const code = await packaged.read(file);
      expect([file, marks.filter((mark) => code.includes(mark))]).toEqual([file, []]);
    }
  });

  it('names no development package as needed', async () => {
    const facts = JSON.parse(await packaged.read('package.json'));
    expect(facts.devDependencies).toBeUndefined();
    expect(facts.main).toBe('out/main/main.js');
  });

  it('asks for no package that is not there', async () => {
    const bundles = packaged.archived.filter(
      (file) => file.startsWith('out/main/') && !packaged.unpacked.includes(file),
    );
    const code = (await Promise.all(bundles.map((file) => packaged.read(file)))).join('\n');
    const imported = [
      ...code.matchAll(/^(?:import|export)\b[^'"\n]*?(?:from\s*)?["']([^.'"][^'"]*)["'];?$/gm),
    ]
      .map(([, name = '']) => name)
      .filter((name) => !name.startsWith('node:') && !isBuiltIn(name));
    expect(new Set(imported)).toEqual(new Set(['electron', 'better-sqlite3', '@node-rs/argon2']));
  });
});

/** Node's built-in modules, which libraries import without `node:`. */
function isBuiltIn(name: string): boolean {
  return process.getBuiltinModule(name) !== undefined;
}

it('puts beside the archive what cannot run inside it', () => {
  const programs = [
    'database-thread',
    'export-worker',
    'speakers-worker',
    'vault-passphrase-strength-worker',
    'engine',
  ].map((name) => `out/main/${name}.js`);
  expect(packaged.unpacked).toEqual(expect.arrayContaining(programs));
  const native = packaged.archived.filter((file) => file.endsWith('.node'));
  expect(native).toHaveLength(3);
  expect(packaged.unpacked).toEqual(expect.arrayContaining(native));
  // Its library is found beside it.
  const onnxRuntime = packaged.archived.filter((file) => /^node_modules\/onnxruntime-/.test(file));
  expect(onnxRuntime).toContain('node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1');
  expect(packaged.unpacked).toEqual(expect.arrayContaining(onnxRuntime));
});

it('has all that ONNX Runtime needs beside the archive', async () => {
  const unpacked = join(folder, 'dist/linux-unpacked/resources/app.asar.unpacked');
  const { InferenceSession } = createRequire(join(unpacked, 'out/main/engine.js'))('onnxruntime-node');
  const model = join(folder, 'dist/linux-unpacked/resources/models/segmentation-3.0.onnx');
  const session = await InferenceSession.create(model, { executionProviders: ['cpu'] });
  expect(session.inputNames).toEqual(['waveform']);
});

it('brings engine, models, samples and licences', () => {
  for (const file of [
    'native/voicesync.node',
    'models/ggml-base-q8_0.bin',
    'models/ggml-silero-v6.2.0.bin',
    'models/segmentation-3.0.onnx',
    'models/campplus-zh-en.onnx',
    'models/README.md',
    'samples/interview-en.m4a',
    'samples/lectura-es.ogg',
    'samples/conversation-en.ogg',
    'samples/README.md',
    'licences/THIRD-PARTY.md',
    'licences/apache-2.0.txt',
    'licences/flite.txt',
    'licences/flite-c-library.txt',
    'voice/flite.wasm',
    'voice/COPYING',
    'licences/onnxruntime.txt',
    'licences/onnxruntime-third-party.txt',
    'licences/main-process.md',
    'licences/window.md',
    'dictionaries/dictionary-en/index.dic',
    'dictionaries/dictionary-en-gb/index.aff',
    'dictionaries/dictionary-es/index.dic',
    'dictionaries/dictionary-es/license',
  ]) {
    expect(packaged.resources).toContain(file);
  }
  expect(packaged.resources.filter((file) => /fetch|whisper-cli|dictation|\.ts$/.test(file))).toEqual([]);
});

it('switches off in Electron what the app does not need', () => {
  // In Electron's order: run as Node, cookie encryption, NODE_OPTIONS, inspector, archive's integrity, archive only,
  // a snapshot of its own, file privileges. The others are not set here.
  expect(packaged.fuses.slice(0, 8)).toBe('01001100');
});

describe('run on the stand-in, from its own files alone', () => {
  const RECORDING = join(REPOSITORY, 'e2e/fixtures/phone-8k.wav');
  let place: string;
  let program: string;
  beforeAll(async () => {
    // Short: it will hold sockets.
    place = await mkdtemp(join(tmpdir(), 'vs-'));
    program = await packaged.makeRunnable(join(folder, 'runnable'));
  });
  afterAll(() => rm(place, { recursive: true, force: true }));

  /** Starts the packaged app, in a folder of its own and with a data folder of its own. */
  function run(loads: string, ...args: string[]) {
    const { PATH, HOME, TMPDIR } = process.env;
    const env = {
      PATH,
      HOME,
      TMPDIR,
      LANG: 'en_US.UTF-8',
      VOICESYNC_HOME: join(place, 'data'),
      STAND_IN_LOADS: loads,
    };
    return spawnSync(program, args, { cwd: place, env, encoding: 'utf8', timeout: 240_000 });
  }

  it('opens a window, makes a vault, and transcribes the file that it was started with', async () => {
    const driver = join(REPOSITORY, 'e2e/packaged-window.ts');
    const { status, stdout, stderr } = run(`-r ${driver}`, RECORDING);
    expect(stderr).not.toMatch(/Error/);
    expect(status).toBe(0);
    const found: PackagedWindow = JSON.parse(stdout);
    expect(found.firstHeading).toBe('Transcribe what may not leave this computer.');
    expect(found.names).toEqual(['phone-8k.wav']);
    expect(found.shown).toContain('phone-8k.wav');
    expect(found.hits.join()).toMatch(/Laura.*driver/);
    // Nothing of the repository's was in it.
    expect(found.appPath).toBe(join(folder, 'runnable/resources/app.asar'));
    expect(found.resourcesPath).toBe(join(folder, 'runnable/resources'));
    const kept = ['logs', 'vault', 'window'];
    expect(await readdir(join(place, 'data'))).toEqual(expect.arrayContaining(kept));
  }, 300_000);

  it('transcribes from the command line', async () => {
    const { status, stdout, stderr } = run('', 'transcribe', RECORDING, '--out', 'out', '--language', 'en');
    expect(stderr).toContain('Written: ');
    expect(status).toBe(0);
    expect(stdout).toMatch(/Laura.*driver/);
    expect(await readFile(join(place, 'out/phone-8k.txt'), 'utf8')).toMatch(/Laura.*driver/);
  }, 300_000);

  it('does not start with its protection switched off', () => {
    const { status, stderr } = run('', '--remote-debugging-port=0');
    expect(status).toBe(2);
    expect(stderr).toContain('does not start with --remote-debugging-port=0');
  });
});

it('packages what the settings say, not what the check says', async () => {
  expect(await readFile(join(REPOSITORY, 'electron-builder.yml'), 'utf8')).toContain(
    'from: native/build/release',
  );
});
