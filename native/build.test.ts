import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ADDON_FILE, builtFolder } from './build-paths.ts';
import { hashWhisperTree, WHISPER_TREE_SHA256 } from './whisper-tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'build-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function build(args: string[], path = process.env.PATH) {
  return spawnSync(process.execPath, [join(import.meta.dirname, 'build.ts'), ...args], {
    env: { ...process.env, PATH: path, CXX: '' },
    encoding: 'utf8',
  });
}

test('a machine without cmake or compiler is told what to install, and no more', () => {
  const { status, stderr, stdout } = build([], folder);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /^cmake was not found\. Please install [\s\S]*apt-get[\s\S]*dnf[\s\S]*macOS[\s\S]*Windows/,
  );
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('what is built already is not built again', () => {
  const { status, stderr } = build(['--if-needed'], folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(existsSync(join(builtFolder('development'), ADDON_FILE))).toBe(true);
});

test('an unknown option gets a sentence', () => {
  const { status, stderr } = build(['--fast']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/--fast/);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test("whisper.cpp's sources are the pinned ones, and one changed byte shows", () => {
  const tree = join(
    dirname(createRequire(import.meta.url).resolve('nodejs-whisper/package.json')),
    'cpp/whisper.cpp',
  );
  expect(hashWhisperTree(tree)).toBe(WHISPER_TREE_SHA256);
  const copy = join(folder, 'whisper.cpp');
  cpSync(tree, copy, { recursive: true });
  expect(hashWhisperTree(copy)).toBe(WHISPER_TREE_SHA256);
  appendFileSync(join(copy, 'ggml/src/ggml-cpu/arch/x86/quants.c'), ' ');
  expect(hashWhisperTree(copy)).not.toBe(WHISPER_TREE_SHA256);
});
