import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Database } from '../core/database/database.ts';
import { Vault } from '../core/vault/vault.ts';
import { JobListing } from './listings/job-listing.ts';
import { RecordingListing, SearchListing } from './listings/recording-listings.ts';
import { VaultReport } from './listings/vault-report.ts';
import { called } from './testing/called-command.ts';
import {
  CliHome,
  type CliResult,
  ended,
  PHONE_CALL,
  REPOSITORY,
  type RunOptions,
} from './testing/cli-home.ts';

const HEARING = join(REPOSITORY, 'e2e', 'fixtures', 'hearing-12min.opus');
// Opens at once: only passphrases are hashed slowly, on purpose.
const OPEN = ['--vault', 'vault', '--recovery-key-file', 'away/key.txt'];

// A dozen processes of the whole program, one after the other.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const home = new CliHome();
afterAll(() => home[Symbol.dispose]());

async function inVault(args: readonly string[], options?: RunOptions): Promise<CliResult> {
  return await called(home, [...args, ...OPEN], options);
}

/** The actions in a closed vault's log, with the formats of exports. */
async function logOf(folder: string, recoveryKey: string): Promise<string[]> {
  const vault = await Vault.open(folder, { kind: 'recoveryKey', recoveryKey });
  const { database: key, audit: auditKey } = vault.keys;
  const database = await Database.open({ file: vault.databaseFile, key, auditKey });
  const entries = await database.audit.page({ afterSequence: 0, limit: 1000 });
  await database.close();
  await vault.seal();
  return entries
    .filter(({ outcome }) => outcome === 'done')
    .map(({ action, detail }) => `${action} ${detail.format ?? ''}`.trim());
}

/** The id in the last row of a table. */
function lastId({ stdout }: CliResult): string {
  return stdout.trimEnd().split('\n').at(-1)?.slice(0, 8) ?? '';
}

beforeAll(async () => {
  await home.chooseDictationModel();
  home.write('pass.txt', 'correct horse battery\n');
  home.write('wrong.txt', 'wrong horse battery\n');
  home.write('away/.keep', '');
  await home.cut(PHONE_CALL, 6, 'in/call.wav');
  await home.cut(HEARING, 150, 'in/hearing.wav');
  const init = ['vault', 'init', 'vault', '--passphrase-file', 'pass.txt', '--save-recovery-key'];
  const made = await home.run([...init, 'away/key.txt']);
  expect(made.status).toBe(0);
  expect(made.stderr).toContain('nobody can open it, and nobody can help');
  expect(made.stdout).toBe('');
});

describe('vault init', () => {
  const init = ['vault', 'init', 'other', '--passphrase-file', 'pass.txt', '--save-recovery-key'];

  it('keeps the recovery key away from the vault, and writes over nothing', async () => {
    for (const place of ['other/key.txt', 'key.txt']) {
      const { status, stderr } = await called(home, [...init, place]);
      expect(status).toBe(1);
      expect(stderr).toContain('The recovery key must not be kept in');
    }
    const taken = await called(home, [...init, 'away/key.txt']);
    expect(taken.status).toBe(2);
    expect(taken.stderr).toContain('is there already, and is not overwritten');
    expect(home.names()).not.toContain('other');
  });

  it('refuses a short passphrase and a folder that holds something', async () => {
    home.write('short.txt', 'short');
    const short = await called(home, ['vault', 'init', 'other', '--passphrase-file', 'short.txt']);
    expect(short).toMatchObject({ status: 1, stderr: expect.stringContaining('at least 10 characters') });
    const full = await called(home, ['vault', 'init', 'in', '--passphrase-file', 'pass.txt']);
    expect(full).toMatchObject({ status: 1, stderr: expect.stringContaining('There are already files in') });
    const again = await called(home, ['vault', 'init', 'vault', '--passphrase-file', 'pass.txt']);
    expect(again).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('There is already a vault in'),
    });
  });
});

describe('what opens a vault', () => {
  it.each([
    [
      'a wrong passphrase',
      ['vault', '--passphrase-file', 'wrong.txt'],
      'This passphrase does not open the vault.',
    ],
    ['nothing, without a terminal', ['vault'], 'The vault is locked and nothing was given to open it.'],
    ['a file that is not there', ['vault', '--passphrase-file', 'gone.txt'], '“gone.txt” is not there.'],
    [
      'a mistyped recovery key',
      ['vault', '--recovery-key-file', 'away/mistyped.txt'],
      'in group 2 of the recovery',
    ],
    [
      'half a recovery key',
      ['vault', '--recovery-key-file', 'away/half.txt'],
      'has 3 groups, but should have 13',
    ],
    ['no vault', ['in', '--passphrase-file', 'pass.txt'], 'is not a vault.'],
    ['no folder', ['gone', '--passphrase-file', 'pass.txt'], 'There is no vault in'],
  ])('%s is told in one sentence', async (_name, vault, sentence) => {
    const key = readFileSync(home.path('away/key.txt'), 'utf8').trim().split('-');
    const [first = '', second = '', third = ''] = key;
    const swapped = `${second[1] === second[0] ? '-' : second[1]}${second[0]}${second.slice(2)}`;
    home.write('away/mistyped.txt', [first, swapped, ...key.slice(2)].join('-'));
    home.write('away/half.txt', [first, second, third].join('-'));
    const { status, stdout, stderr } = await called(home, ['recordings', 'list', '--vault', ...vault]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('the passphrase or the recovery key, but not one that lies beside the vault', async () => {
    const list = ['recordings', 'list', '--vault', 'vault'];
    const empty = { status: 0, stdout: expect.stringContaining('no recordings in this vault yet') };
    expect(await called(home, [...list, '--passphrase-file', 'pass.txt'])).toMatchObject(empty);
    expect(await inVault(['recordings', 'list'])).toMatchObject(empty);
    writeFileSync(home.path('key.txt'), readFileSync(home.path('away/key.txt')));
    const beside = await called(home, [...list, '--recovery-key-file', 'key.txt']);
    expect(beside).toMatchObject({ status: 1, stderr: expect.stringContaining('must not be kept') });
  });
});

describe('a transcription in a vault', () => {
  it('goes on after an interruption when the same command is run again', async () => {
    const command = ['transcribe', 'in/hearing.wav', '--language', 'en', '--format', 'txt', '--out', 'out'];
    const child = home.start([...command, ...OPEN]);
    const first = ended(child, { text: '\n', signal: 'SIGINT' });
    // Its first words are printed: the vault is open until the command has ended.
    child.stdout?.once('data', () => child.kill('SIGSTOP'));
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    const second = await inVault(['recordings', 'list']);
    expect(second.status).toBe(3);
    expect(second.stderr).toMatch(/This vault is already open: process \d+ since/);
    const json = await inVault(['transcribe', 'in/call.wav', '--json']);
    expect(json.status).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({ type: 'error', code: 'vault.inUse' });
    child.kill('SIGCONT');

    const interrupted = await first;
    expect(interrupted.status).toBe(130);
    expect(interrupted.stderr).toContain(
      'To go on, run the same command again, or: voicesync queue run --vault vault',
    );
    expect(home.names('out')).toEqual([]);
    expect((await inVault(['queue', 'list'])).stdout).toMatch(/hearing\.wav +queued/);

    const resumed = await inVault(command);
    expect(resumed.status).toBe(0);
    expect(resumed.stderr).toContain('hearing.wav: goes on where it was interrupted.');
    expect(resumed.stderr).toContain(`The original is still readable at ${home.path('in/hearing.wav')}`);
    // What the first run printed is not printed again.
    const [firstWords = ''] = interrupted.stdout.split('\n');
    expect(resumed.stdout).not.toContain(firstWords);
    expect(readFileSync(home.path('out/hearing.txt'), 'utf8')).toContain(firstWords.slice('[00:00] '.length));
    const list = (await inVault(['recordings', 'list'])).stdout;
    expect(list.match(/hearing\.wav/g)).toHaveLength(1);
    expect(list).toMatch(/hearing\.wav +ready +02:30 +version 1/);

    const again = await inVault([...command, '--skip-existing']);
    expect(again).toMatchObject({ status: 0, stdout: '' });
    expect(again.stderr).toMatch(/is there already\.\n.*hearing\.wav +there already/s);
    expect(home.names('out')).toEqual(['hearing.txt']);
    const jobs = JobListing.parse(JSON.parse((await inVault(['queue', 'list', '--json'])).stdout)).jobs;
    expect(jobs).toMatchObject([
      { name: 'hearing.wav', state: 'done', delivery: { folder: home.path('out'), formats: ['txt'] } },
    ]);
    const { recordings } = RecordingListing.parse(
      JSON.parse((await inVault(['recordings', 'list', '--json'])).stdout),
    );
    expect(recordings).toMatchObject([
      { recordingId: jobs[0]?.recordingId, durationMs: 150_000, transcript: { number: 1 } },
    ]);
  });
});

describe('the commands for recordings and jobs', () => {
  it('import, queue, transcribe, show, search and export a recording', async () => {
    const imported = await inVault(['recordings', 'import', 'in/call.wav', 'in/gone.wav']);
    expect(imported.status).toBe(1);
    expect(imported.stdout).toMatch(/^[0-9a-f]{8} {2}\S+call\.wav: 00:06, safe in the vault\.\n$/);
    expect(imported.stderr).toContain('gone.wav” is not there.');
    expect(imported.stderr).toContain(`The original is still readable at ${home.path('in/call.wav')}`);
    const id = lastId(imported);

    const queued = await inVault(['queue', 'add', id, '--language', 'English']);
    expect(queued.stdout).toMatch(/^Queued as [0-9a-f]{8}\./);
    const job = queued.stdout.slice('Queued as '.length).slice(0, 8);
    for (const [step, state] of [
      ['pause', 'paused'],
      ['resume', 'queued'],
      ['cancel', 'cancelled'],
      ['retry', 'queued'],
      ['first', 'next'],
    ] as const) {
      expect((await inVault(['queue', step, job])).stdout).toMatch(
        new RegExp(`^${job} {2}call\\.wav: ${state}`),
      );
    }
    const wrong = await inVault(['queue', 'resume', job]);
    expect(wrong).toMatchObject({ status: 1, stderr: expect.stringContaining('cannot be resumed now') });

    const run = await inVault(['queue', 'run', '--json']);
    expect(run.status).toBe(0);
    const last: unknown = JSON.parse(run.stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({
      type: 'summary',
      files: [{ file: 'call.wav', state: 'done', exports: [] }],
    });
    expect((await inVault(['queue', 'run'])).stderr).toContain('Nothing is left to do.');

    const metrics = await inVault(['queue', 'metrics']);
    expect(metrics.stdout).toMatch(/call\.wav +done +[\d.]+ s +[\d.]+ s +[\d.]+ s +00:06 +\S+× +\d+ MB/);
    const prometheus = await inVault(['queue', 'metrics', '--format', 'prometheus']);
    expect(prometheus.stdout).toMatch(/^voicesync_jobs\{state="done"\} 2$/m);
    expect(prometheus.stdout).not.toContain('call');

    const shown = await inVault(['recordings', 'show', id]);
    expect(shown.stdout).toMatch(/^SHA-256 +[0-9a-f]{64}$/m);
    expect(shown.stdout).toContain('[00:00] My name is Laura and I am a driver.');
    const found = await inVault(['recordings', 'search', 'LÁURA']);
    expect(found.stdout).toMatch(new RegExp(`^${id} {2}call\\.wav \\[00:00\\] .*Laura`, 'm'));
    expect((await inVault(['recordings', 'search', 'nowhere'])).stderr).toContain('Nothing found.');
    const places = JSON.parse((await inVault(['recordings', 'search', 'Laura', '--json'])).stdout);
    expect(SearchListing.parse(places).places.map(({ name }) => name)).toContain('call.wav');
    const exported = await inVault([
      'recordings',
      'export',
      id,
      'zzzz',
      '--out',
      'exp',
      '--format',
      'srt,vtt,json',
    ]);
    expect(exported.status).toBe(1);
    expect(exported.stderr).toContain('There is no recording “zzzz”');
    expect(home.names('exp')).toEqual(['call.json', 'call.srt', 'call.vtt']);
  });

  it('erase only what is confirmed', async () => {
    const id = lastId(await inVault(['recordings', 'list']));
    const asked = await inVault(['recordings', 'erase', id]);
    expect(asked).toMatchObject({ status: 1, stderr: expect.stringContaining('so nothing was done') });
    const erased = await inVault(['recordings', 'erase', id, '--yes']);
    expect(erased).toMatchObject({ status: 0, stdout: `${id}  call.wav: erased\n` });
    expect((await inVault(['recordings', 'list'])).stdout).not.toContain('call.wav');
    expect((await inVault(['recordings', 'search', 'Laura'])).stdout).not.toContain('call.wav');
  });
});

describe('keeping a vault', () => {
  it('verifies, backs up and restores it, and says what is damaged', async () => {
    expect(await inVault(['vault', 'verify'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Sound: \d+/),
    });
    const report = await inVault(['vault', 'verify', '--json']);
    expect(VaultReport.parse(JSON.parse(report.stdout))).toMatchObject({ sound: true, objectFaults: [] });
    expect((await inVault(['vault', 'backup', 'backup'])).status).toBe(0);
    expect((await inVault(['vault', 'backup', 'backup'])).stderr).toContain('There is already a vault');
    const restored = await called(home, ['vault', 'restore', 'backup', 'restored']);
    expect(restored).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Restored: \d+ objects/) });
    const open = ['--vault', 'restored', '--recovery-key-file', 'away/key.txt'];
    expect((await called(home, ['recordings', 'list', ...open])).stdout).toContain('hearing.wav');

    const [shelf = ''] = home.names('restored', 'objects');
    const [object = ''] = home.names('restored', 'objects', shelf);
    const bytes = readFileSync(home.path('restored', 'objects', shelf, object));
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(home.path('restored', 'objects', shelf, object), bytes);
    const broken = await called(home, ['vault', 'verify', ...open]);
    expect(broken.status).toBe(1);
    expect(broken.stdout).toMatch(/^Object [0-9a-f]{8} of recording [0-9a-f]{8}: damaged\n/);
  });

  it('changes the passphrase, and with the recovery key both secrets', async () => {
    home.write('next.txt', 'another long passphrase\n');
    const change = ['vault', 'change-passphrase', '--vault', 'vault', '--new-passphrase-file'];
    const changed = await called(home, [...change, 'next.txt', '--passphrase-file', 'pass.txt']);
    expect(changed.status).toBe(0);
    const list = ['recordings', 'list', '--vault', 'vault'];
    const old = await called(home, [...list, '--passphrase-file', 'pass.txt']);
    expect(old).toMatchObject({ status: 1, stderr: expect.stringContaining('does not open the vault') });

    const key = ['--recovery-key-file', 'away/key.txt', '--save-recovery-key', 'away/key-2.txt'];
    expect((await called(home, [...change, 'pass.txt', ...key])).status).toBe(0);
    expect((await called(home, [...list, '--passphrase-file', 'pass.txt'])).status).toBe(0);
    const oldKey = await inVault(['recordings', 'list']);
    expect(oldKey).toMatchObject({ status: 1, stderr: expect.stringContaining('has been replaced') });
    const renew = ['vault', 'recovery-key', '--vault', 'vault', '--recovery-key-file', 'away/key-2.txt'];
    const renewed = await called(home, renew);
    expect(renewed).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^([0-9A-Z]{5}-){12}[0-9A-Z]{5}\n$/),
    });
    const told = await logOf(home.path('vault'), renewed.stdout.trim());
    expect(told[0]).toBe('vault.created');
    expect(told.filter((action) => action === 'version.exported txt')).toHaveLength(1);
    expect(told.filter((action) => /^version.exported (srt|vtt|json)$/.test(action))).toHaveLength(3);
    expect(told.filter((action) => action === 'vault.backedUp')).toHaveLength(1);
    const ofKeys = /^vault\.(verified|passphraseChanged|recovered|recoveryKeyRenewed)$/;
    expect(told.filter((action) => ofKeys.test(action))).toEqual([
      'vault.verified',
      'vault.verified',
      'vault.passphraseChanged',
      'vault.recovered',
      'vault.recoveryKeyRenewed',
    ]);
    expect(told.at(-1)).toBe('vault.sealed');
  });
});
