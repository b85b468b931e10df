import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DependencyGraph, dependencyGraph, REPOSITORY } from './dependency-graph.ts';
import { roomCircles } from './room-circles.ts';

/** One forbidden import: rule, importing file, the specifier as written, and the resolved path. */
type Violation = readonly [rule: string, from: string, code: string, to: string];

const VIOLATIONS: readonly Violation[] = [
  [
    'contract-stands-alone',
    'src/contract/a.ts',
    `import '../core/vault/vault.ts'`,
    'src/core/vault/vault.ts',
  ],
  ['contract-stands-alone', 'src/contract/b.ts', `import 'uuid'`, 'node_modules/uuid/index.js'],
  ['contract-stands-alone', 'src/contract/c.ts', `import 'node:fs'`, 'fs'],
  [
    'messages-stand-on-contract-and-i18next',
    'src/messages/a.ts',
    `import '../core/vault/vault.ts'`,
    'src/core/vault/vault.ts',
  ],
  [
    'messages-stand-on-contract-and-i18next',
    'src/messages/b.ts',
    `import 'uuid'`,
    'node_modules/uuid/index.js',
  ],
  ['messages-stand-on-contract-and-i18next', 'src/messages/c.ts', `import 'node:fs'`, 'fs'],
  ['contract-stands-alone', 'src/contract/d.ts', `import '../messages/texts.ts'`, 'src/messages/texts.ts'],
  [
    'offline-stands-on-the-contract',
    'src/offline/a.ts',
    `import '../messages/texts.ts'`,
    'src/messages/texts.ts',
  ],
  [
    'core-imports-contract-and-messages-only',
    'src/core/a.ts',
    `import '../engine/main.ts'`,
    'src/engine/main.ts',
  ],
  [
    'engine-imports-contract-and-native-only',
    'src/engine/d.ts',
    `import '../messages/texts.ts'`,
    'src/messages/texts.ts',
  ],
  [
    'window-without-program-texts',
    'renderer/app/d.ts',
    `import '../../src/messages/program-texts.ts'`,
    'src/messages/program-texts.ts',
  ],
  [
    'electron-in-main-and-preload-only',
    'src/core/b.ts',
    `import 'electron'`,
    'node_modules/electron/index.js',
  ],
  ['electron-in-main-and-preload-only', 'src/core/b2.ts', `import 'electron-store'`, 'electron-store'],
  [
    'electron-in-main-and-preload-only',
    'renderer/app/a.ts',
    `import 'electron'`,
    'node_modules/electron/index.js',
  ],
  ['core-rooms-without-cycles', 'src/core/room/a.ts', `import '../other/b.ts'`, 'src/core/other'],
  ['core-rooms-without-cycles', 'src/core/other/c.ts', `import '../room/d.ts'`, 'src/core/room'],
  ['modules-without-cycles', 'src/core/media/e.ts', `import './f.ts'`, 'src/core/media/f.ts'],
  [
    'database-thread-by-messages',
    'src/app/b.ts',
    `import { rows } from '../core/database/rows.db.ts'`,
    'src/core/database/rows.db.ts',
  ],
  [
    'database-thread-by-messages',
    'src/core/database/c.ts',
    `import { rows, type Row } from './rows.db.ts'`,
    'src/core/database/rows.db.ts',
  ],
  [
    'database-thread-by-messages',
    'src/core/database/d.ts',
    `export { rows } from './rows.db.ts'`,
    'src/core/database/rows.db.ts',
  ],
  [
    'sqlite-in-the-database-thread',
    'src/core/database/e.ts',
    `import Sqlite from 'better-sqlite3'`,
    'node_modules/better-sqlite3/index.js',
  ],
  ['only-engine-imports-native', 'src/cli/a.ts', `import '../../native/whisper.ts'`, 'native/whisper.ts'],
  [
    'engine-imports-contract-and-native-only',
    'src/engine/a.ts',
    `import '../core/vault/vault.ts'`,
    'src/core/vault/vault.ts',
  ],
  ['shells-are-not-imported', 'src/preload/a.ts', `import '../main/main.ts'`, 'src/main/main.ts'],
  ['app-stands-below-the-shells', 'src/app/a.ts', `import '../cli/main.ts'`, 'src/cli/main.ts'],
  [
    'shells-import-app-and-contract-only',
    'src/main/e.ts',
    `import '../core/vault/vault.ts'`,
    'src/core/vault/vault.ts',
  ],
  [
    'shells-import-app-and-contract-only',
    'src/cli/c.ts',
    `import '../core/vault/vault.ts'`,
    'src/core/vault/vault.ts',
  ],
  ['cli-free-of-main', 'src/cli/b.ts', `import '../main/main.ts'`, 'src/main/main.ts'],
  [
    'window-imports-contract-and-messages-only',
    'src/preload/b.ts',
    `import '../core/vault/vault.ts'`,
    'src/core/vault/vault.ts',
  ],
  [
    'window-imports-contract-and-messages-only',
    'renderer/app/b.ts',
    `import '../../src/preload/bridge.ts'`,
    'src/preload/bridge.ts',
  ],
  ['renderer-without-node', 'renderer/app/c.ts', `import 'node:fs'`, 'fs'],
  [
    'components-without-stores',
    'renderer/components/a.tsx',
    `import '../stores/app.ts'`,
    'renderer/stores/app.ts',
  ],
  [
    'components-without-stores',
    'renderer/components/b.tsx',
    `import '../features/library/row.ts'`,
    'renderer/features/library/row.ts',
  ],
  [
    'features-apart',
    'renderer/features/library/a.ts',
    `import '../export/dialog.ts'`,
    'renderer/features/export/dialog.ts',
  ],
  [
    'transcript-document-is-pure',
    'renderer/features/transcript/document/a.ts',
    `import '../../../lib/client.ts'`,
    'renderer/lib/client.ts',
  ],
  [
    'transcript-document-is-pure',
    'renderer/features/transcript/document/b.ts',
    `import 'fflate'`,
    'node_modules/fflate/index.js',
  ],
  [
    'transcript-machine-is-pure',
    'renderer/features/transcript/sync/a.ts',
    `import '../../../lib/client.ts'`,
    'renderer/lib/client.ts',
  ],
  [
    'transcript-sync-knows-no-screen',
    'renderer/features/transcript/sync/transcript-sync.ts',
    `import '../editor/b.ts'`,
    'renderer/features/transcript/editor/b.ts',
  ],
  [
    'transcript-rooms-without-cycles',
    'renderer/features/transcript/find/a.ts',
    `import '../review/b.ts'`,
    'renderer/features/transcript/review',
  ],
  [
    'transcript-rooms-without-cycles',
    'renderer/features/transcript/review/c.ts',
    `import '../find/d.ts'`,
    'renderer/features/transcript/find',
  ],
  [
    'transcript-rooms-below-the-screen',
    'renderer/features/transcript/speakers/a.ts',
    `import '../screen.ts'`,
    'renderer/features/transcript/screen.ts',
  ],
  [
    'product-without-workshop',
    'src/main/a.ts',
    `import '../../resources/fetch-model.ts'`,
    'resources/fetch-model.ts',
  ],
  ['product-without-workshop', 'src/main/b.ts', `import '../../bench/speed.ts'`, 'bench/speed.ts'],
  ['product-without-workshop', 'src/engine/b.ts', `import '../../native/build.ts'`, 'native/build.ts'],
  [
    'whisper-packages-are-sources',
    'native/whisper.ts',
    `import 'smart-whisper'`,
    'node_modules/smart-whisper/index.js',
  ],
  [
    'whisper-packages-are-sources',
    'src/engine/c.ts',
    `import 'nodejs-whisper'`,
    'node_modules/nodejs-whisper/index.js',
  ],
  [
    'product-without-development-packages',
    'src/main/c.ts',
    `import 'fflate'`,
    'node_modules/fflate/index.js',
  ],
  ['office-apart', 'src/app/c.ts', `import '../office/gateway/routes.ts'`, 'src/office/gateway/routes.ts'],
  [
    'office-apart',
    'bench/office.ts',
    `import '../src/office/gateway/routes.ts'`,
    'src/office/gateway/routes.ts',
  ],
  [
    'office-apart',
    'e2e/queue.spec.ts',
    `import '../src/office/gateway/routes.ts'`,
    'src/office/gateway/routes.ts',
  ],
  ['office-builds-on-the-application', 'src/office/a.ts', `import '../cli/main.ts'`, 'src/cli/main.ts'],
  [
    'office-builds-on-the-application',
    'src/office/b.ts',
    `import './page/page.ts'`,
    'src/office/page/page.ts',
  ],
  [
    'office-builds-on-the-application',
    'src/office/c.ts',
    `import '../../renderer/components/button.ts'`,
    'renderer/components/button.ts',
  ],
  [
    'office-page-in-the-browser',
    'src/office/page/a.ts',
    `import '../../../renderer/stores/app.ts'`,
    'renderer/stores/app.ts',
  ],
  [
    'office-page-in-the-browser',
    'src/office/page/b.ts',
    `import '../gateway/routes.ts'`,
    'src/office/gateway/routes.ts',
  ],
  ['office-page-without-node', 'src/office/page/c.ts', `import 'node:fs'`, 'fs'],
  ['imports-resolve', 'src/main/d.ts', `import './nowhere.ts'`, './nowhere.ts'],
];

/** The same forbidden import in every syntax that TypeScript has: each must be found. */
const WAYS_TO_IMPORT: readonly string[] = [
  `import { vault } from '../core/vault/vault.ts'`,
  `import type { Vault } from '../core/vault/vault.ts'`,
  `import { type Vault } from '../core/vault/vault.ts'`,
  `import * as all from '../core/vault/vault.ts'`,
  `export { vault } from '../core/vault/vault.ts'`,
  `export type { Vault } from '../core/vault/vault.ts'`,
  `export * from '../core/vault/vault.ts'`,
  `export const later = async () => { await using x = await import('../core/vault/vault.ts'); return x; }`,
];

/** What the rules allow, and what the violations above import. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src/contract/schema.ts': `import 'zod'; import './types.ts'`,
  'src/contract/types.ts': `export type T = 1;`,
  'src/messages/texts.ts': `import 'i18next'; import '../contract/schema.ts'`,
  'src/messages/program-texts.ts': `import './texts.ts'`,
  'src/core/vault/vault.ts': `import 'node:fs'; import 'uuid'; import '../../contract/schema.ts'; import '../../messages/program-texts.ts'; import '../paths.ts'; export const vault = 1; export type Vault = 1;`,
  'src/core/paths.ts': '',
  'renderer/lib/client.ts': '',
  'renderer/features/transcript/editor/b.ts': '',
  'renderer/features/transcript/review/b.ts': '',
  'renderer/features/transcript/find/d.ts': '',
  'renderer/features/transcript/screen.ts': `import './editor/b.ts'`,
  'renderer/features/transcript/sync/fetch-transcript.ts': `import '../../../lib/client.ts'; import '../document/patches.ts'`,
  'renderer/features/transcript/document/patches.ts': `import '../../../../src/contract/schema.ts'`,
  'src/app/jobs/queue.ts': `import '../../core/vault/vault.ts'; import '../../contract/schema.ts'; import '../../messages/program-texts.ts'`,
  'src/core/database/rows.db.ts': `import Sqlite from 'better-sqlite3'; export const rows = 1; export type Row = Sqlite;`,
  'src/core/database/other.db.ts': `import { rows } from './rows.db.ts'`,
  'src/core/database/asks.ts': `import type { Row } from './rows.db.ts'; import type Sqlite from 'better-sqlite3'; export type { Row } from './rows.db.ts'; export type Handle = Sqlite;`,
  'src/core/database/rows.test.ts': `import { rows } from './rows.db.ts'; import Sqlite from 'better-sqlite3'`,
  'src/core/vault/vault-lock.ts': `import Sqlite from 'better-sqlite3'`,
  'src/core/media/f.ts': `import './e.ts'`,
  'src/core/other/b.ts': '',
  'src/core/room/d.ts': '',
  'src/core/vault/vault.test.ts': `import 'fflate'`,
  'src/core/vault/testing/child.ts': `import 'fflate'`,
  'src/engine/main.ts': `import '../../native/addon.ts'; import '../contract/schema.ts'`,
  'src/office/gateway/routes.ts': `import '../../app/jobs/queue.ts'; import '../../core/vault/vault.ts'; import '../../contract/schema.ts'; import 'fflate'`,
  'src/office/page/page.ts': `import '../../../renderer/components/button.ts'; import '../../core/vault/vault.ts'; import 'fflate'`,
  'e2e/office-page.spec.ts': `import '../src/office/gateway/routes.ts'`,
  'src/cli/main.ts': `import '../app/jobs/queue.ts'`,
  'src/main/main.ts': `import 'electron'; import '../cli/main.ts'; import '../app/jobs/queue.ts'`,
  'src/preload/bridge.ts': `import 'electron'; import '../contract/schema.ts'`,
  'renderer/features/library/list.ts': `import './row.ts'; import '../../components/button.ts'; import '../../../src/contract/schema.ts'; import '../../../src/messages/texts.ts'`,
  'renderer/features/library/row.ts': '',
  'renderer/features/export/dialog.ts': '',
  'renderer/components/button.ts': `import '../lib/client.ts'`,
  'renderer/stores/app.ts': '',
  'native/addon.ts': '',
  'native/build.ts': `import 'nodejs-whisper'`,
  'bench/speed.ts': `import '../native/addon.ts'; import 'smart-whisper'; import '../src/cli/main.ts'`,
  'resources/fetch-model.ts': `import '../src/core/paths.ts'`,
};

const PACKAGE = {
  name: 'fixture',
  type: 'module',
  dependencies: { zod: '1', uuid: '1', electron: '1', i18next: '1', 'better-sqlite3': '1' },
  devDependencies: { fflate: '1', 'smart-whisper': '1', 'nodejs-whisper': '1' },
};

describe('the layer check on a tree that breaks every rule', () => {
  let folder: string;
  let graph: DependencyGraph;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'layers-'));
    const violating = VIOLATIONS.map(([, from, code]) => [from, code] as const);
    const ways = WAYS_TO_IMPORT.map((code, index) => [`src/contract/way-${index}.ts`, code] as const);
    for (const [file, code] of [...Object.entries(ALLOWED), ...violating, ...ways]) await put(file, code);
    await put('package.json', JSON.stringify(PACKAGE));
    for (const name of Object.keys({ ...PACKAGE.dependencies, ...PACKAGE.devDependencies })) {
      await put(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
      await put(`node_modules/${name}/index.js`, '');
    }
    graph = await dependencyGraph(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function put(file: string, content: string): Promise<void> {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), content);
  }

  it.each(VIOLATIONS)('%s: turns red for %s', (rule, from, _, to) => {
    const importer = rule.endsWith('-rooms-without-cycles') ? dirname(from) : from;
    expect(graph.summary.violations).toContainEqual(
      expect.objectContaining({ from: importer, to, rule: expect.objectContaining({ name: rule }) }),
    );
  });

  it.each(WAYS_TO_IMPORT.map((code, index) => [code, index] as const))('sees %s', (_, index) => {
    expect(graph.summary.violations).toContainEqual(
      expect.objectContaining({
        from: `src/contract/way-${index}.ts`,
        rule: expect.objectContaining({ name: 'contract-stands-alone' }),
      }),
    );
  });

  it('stays green for what is allowed', () => {
    const reds = graph.summary.violations.filter(({ from }) => Object.hasOwn(ALLOWED, from));
    expect(reds).toEqual([]);
  });

  it('has a violation here for every rule', () => {
    const broken = VIOLATIONS.map(([rule]) => rule);
    const rules = graph.summary.ruleSetUsed.forbidden.map(({ name }) => name);
    expect(new Set(broken)).toEqual(new Set(rules));
  });
});

describe('the layer check on this repository', () => {
  let graph: DependencyGraph;
  beforeAll(async () => {
    graph = await dependencyGraph(REPOSITORY);
  });

  it('is green', () => {
    expect(graph.summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });

  it('has rooms of the product that use each other in one direction', () => {
    expect(roomCircles(graph)).toEqual([]);
  });

  it('has seen every import that is written in it', async () => {
    const ours = graph.modules.filter(({ source }) =>
      /^(src|native|bench|checks|renderer|resources)\/.*[.]tsx?$/.test(source),
    );
    expect(ours.length).toBeGreaterThan(20);
    for (const { source, dependencies } of ours) {
      const seen = dependencies.map(({ module }) => module);
      for (const written of importsWrittenIn(await readFile(join(REPOSITORY, source), 'utf8'))) {
        expect(seen, source).toContain(written);
      }
    }
  });
});

/** What a source file imports, by regular expressions on its lines: a check on the parser, which drops `node:`. */
function importsWrittenIn(code: string): string[] {
  const statements = /^(?:import|export)\s(?:[\w\s{},*$]+\sfrom\s)?['"]([^'"]+)['"]/gm;
  return [...code.matchAll(statements)].map((match) => (match[1] ?? '').replace(/^node:/, ''));
}
