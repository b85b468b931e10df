import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { runSuccessfully } from './run-process.ts';

/**
 * node-gyp 11's compiler flags for smart-whisper's binding.gyp on Linux under Node 24, the CPU backend
 * without BLAS: exceptions on, no target CPU, and so no SIMD beyond the x86-64 baseline.
 */
const COMMON_FLAGS = ['-fPIC', '-pthread', '-m64', '-O3', '-fno-omit-frame-pointer', '-w'];
const CXX_FLAGS = [...COMMON_FLAGS, '-fno-rtti', '-std=gnu++20'];
const DEFINES = [
  ...['NODE_GYP_MODULE_NAME=smart-whisper', 'BUILDING_NODE_EXTENSION', '_GLIBCXX_USE_CXX11_ABI=1'],
  ...['_FILE_OFFSET_BITS=64', '_LARGEFILE_SOURCE', '__STDC_FORMAT_MACROS'],
].map((define) => `-D${define}`);

/** smart-whisper's source files, relative to its folder: as its binding.gyp and dist/build.js list them. */
const SOURCES = [
  ...['binding', 'common', 'model', 'transcribe'].map((name) => `src/binding/${name}.cc`),
  'whisper.cpp/src/whisper.cpp',
  ...['ggml', 'ggml-alloc', 'ggml-backend', 'ggml-quants', 'ggml-aarch64'].map(
    (name) => `whisper.cpp/ggml/src/${name}.c`,
  ),
];

/**
 * Builds smart-whisper's addon as `npm install` would, but without node-gyp, which downloads Node's headers. Only x86-64
 * Linux with gcc. Returns the addon's file, in `folder`; takes a minute.
 */
export async function buildStockAddon(folder: string): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('the stock build of smart-whisper is made on x86-64 Linux only');
  }
  const require = createRequire(import.meta.url);
  const stock = dirname(require.resolve('smart-whisper/package.json'));
  const napi = dirname(createRequire(join(stock, 'package.json')).resolve('node-addon-api/package.json'));
  const headers = dirname(require.resolve('node-api-headers/package.json'));
  const includes = [
    ...[join(headers, 'include'), napi],
    ...['whisper.cpp/include', 'whisper.cpp/ggml/include', 'whisper.cpp/examples'].map((name) =>
      join(stock, name),
    ),
  ].map((path) => `-I${path}`);
  const objects: string[] = [];
  for (const source of SOURCES) {
    const object = join(folder, `${basename(source)}.o`);
    const [compiler, flags] = source.endsWith('.c') ? ['gcc', COMMON_FLAGS] : ['g++', CXX_FLAGS];
    await runSuccessfully(compiler, [
      ...[...flags, ...DEFINES, ...includes],
      ...['-c', join(stock, source), '-o', object],
    ]);
    objects.push(object);
  }
  const addon = join(folder, 'smart-whisper.node');
  await runSuccessfully('g++', ['-shared', '-pthread', '-m64', ...objects, '-o', addon]);
  return addon;
}
