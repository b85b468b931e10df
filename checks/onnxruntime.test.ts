import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { REPOSITORY } from './dependency-graph.ts';

const LIBRARIES = join(REPOSITORY, 'node_modules', 'onnxruntime-node', 'bin');

/** What a program imports to reach another machine: functions on Linux, classes on macOS, libraries on Windows. */
const WAYS_OUT = [
  /\0_?(getaddrinfo|connect|sendto)[\0@]/,
  /(NSURLSession|CFNetwork)/,
  /\0(ws2_32|winhttp|wininet|libcurl[\w.-]*)\.dll\0/i,
];

function waysOut(file: string): string[] {
  const content = readFileSync(file, 'latin1');
  return WAYS_OUT.flatMap((way) => way.exec(content)?.[1] ?? []);
}

it('has no means to open a connection, on any system', () => {
  const libraries = readdirSync(LIBRARIES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /onnxruntime.*\.(so|so\.\d+|dylib|dll|node)$/.test(file),
  );
  expect(libraries.length).toBeGreaterThan(10);
  for (const file of libraries) expect([file, waysOut(join(LIBRARIES, file))]).toEqual([file, []]);
});

it('is looked at by a check that sees such means', () => {
  expect(waysOut(process.execPath)).not.toEqual([]);
});
