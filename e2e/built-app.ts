import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './runtime.ts';

const OUT = join(REPOSITORY, 'out');
const SOURCES = [
  'src',
  'renderer',
  'native',
  'electron.vite.config.ts',
  'programs-by-url.vite.ts',
  'package.json',
];

/**
 * Builds the app into `out/` if a source is newer than the build there; `VOICESYNC_PREBUILT=1` uses it as it is.
 * Throws with the builder's output.
 */
export function ensureBuilt(): void {
  if (process.env.VOICESYNC_PREBUILT === '1') return;
  const startedAt = new Date();
  if (!isOutdated(join(OUT, 'main', 'main.js'))) return;
  // Built aside and moved atomically: another start never finds half a build.
  const fresh = `${OUT}.${process.pid}`;
  const { status, stdout, stderr } = spawnSync(
    join(REPOSITORY, 'node_modules', '.bin', 'electron-vite'),
    ['build', '--outDir', fresh, '--logLevel', 'warn'],
    { cwd: REPOSITORY, encoding: 'utf8' },
  );
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(`The app could not be built.\n${stdout}${stderr}`);
  }
  // Sources that change during the build make it outdated.
  utimesSync(join(fresh, 'main', 'main.js'), startedAt, startedAt);
  const old = `${OUT}.old.${process.pid}`;
  if (existsSync(OUT)) renameSync(OUT, old);
  renameSync(fresh, OUT);
  rmSync(old, { recursive: true, force: true });
}

/** Builds the office's page for browsers if a source is newer than the build; the gateway serves it. Throws with the builder's output. */
export function ensureOfficePageBuilt(): void {
  if (!isOutdated(join(REPOSITORY, 'out.office', 'page', 'index.html'))) return;
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'office:page'], {
    cwd: REPOSITORY,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The office's page could not be built.\n${stdout}${stderr}`);
}

function isOutdated(built: string): boolean {
  if (!existsSync(built)) return true;
  const builtMs = statSync(built).mtimeMs;
  return SOURCES.some((source) => newestMs(join(REPOSITORY, source)) > builtMs);
}

function newestMs(path: string): number {
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  return readdirSync(path)
    .filter((name) => name !== 'build' && !name.includes('.test.'))
    .reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), 0);
}
