import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { addTalk } from '../app/testing/talk-of-two.ts';
import { VoiceListing } from './listings/matter-listings.ts';
import { SpeakersListing } from './listings/recording-listings.ts';
import { called } from './testing/called-command.ts';
import { CliHome } from './testing/cli-home.ts';
import { inDatabase, makeVaultByCommand, OPEN } from './testing/vault-by-command.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const home = new CliHome();
afterAll(() => home[Symbol.dispose]());

let recordingId: string;

const inVault = (...args: string[]) => called(home, [...args, ...OPEN]);

async function voices(): Promise<{ voiceId: string; name: string; expiresAtMs: number | null }[]> {
  const { stdout } = await inVault('voices', 'list', '--json');
  return VoiceListing.parse(JSON.parse(stdout)).voices;
}

beforeAll(async () => {
  await makeVaultByCommand(home);
  await inDatabase(home, async (database) => {
    const matterId = newId();
    await database.matters.add({
      ...{
        id: matterId,
        name: 'Pérez v. Soto',
        vocabulary: [],
        speakers: [],
        defaultOptions: {},
        createdAtMs: 1,
      },
    });
    recordingId = await addTalk(database, matterId);
  });
});

it('shows who speaks for how long, for people and for programs', async () => {
  const table = await inVault('recordings', 'speakers', recordingId.slice(-8));
  expect(table.stdout).toMatch(/Speaker 1 +00:20 +48 %/);
  const { stdout } = await inVault('recordings', 'speakers', recordingId, '--json');
  const told = SpeakersListing.parse(JSON.parse(stdout));
  expect(told).toMatchObject({ recordingId, by: 'voices', count: null });
  expect(told.speakers.map(({ name, recognised }) => [name, recognised])).toEqual([
    ['Speaker 1', null],
    ['Speaker 2', null],
  ]);
});

it('remembers a voice when asked, for a year, and says what that is', async () => {
  const { status, stdout, stderr } = await inVault(
    'voices',
    'remember',
    recordingId,
    'Speaker 2',
    '--name',
    'Ana',
  );
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^\S{8} {2}Ana: the voice is/),
  });
  expect(stderr).toContain('biometric data');
  expect(stderr).toContain('deleted after 20');
  const [voice, ...others] = await voices();
  expect(others).toEqual([]);
  const days = ((voice?.expiresAtMs ?? 0) - Date.now()) / (24 * 3600 * 1000);
  expect(days).toBeGreaterThan(364);
  expect(days).toBeLessThan(367.1);
  const list = await inVault('voices', 'list', '--matter', 'pérez v. soto');
  expect(list.stdout).toMatch(/Ana +Pérez v\. Soto +hearing\.wav/);
});

it('keeps it longer, and for ever', async () => {
  const [voice] = await voices();
  const id = voice?.voiceId.slice(-8) ?? '';
  await inVault('voices', 'keep', id, '--until', '2099-05-31');
  const endOfDay = new Date(2099, 5, 1).getTime();
  expect((await voices())[0]?.expiresAtMs).toBe(endOfDay);
  expect((await inVault('voices', 'list')).stdout).toContain('2099-05-31');
  await inVault('voices', 'keep', id, '--until', 'never');
  expect((await voices())[0]?.expiresAtMs).toBeNull();
});

it('says why a voice cannot be remembered', async () => {
  const { status, stderr } = await inVault('voices', 'remember', recordingId, 'Nobody');
  expect(status).toBe(1);
  expect(stderr).toContain('too little alone');
});

it('deletes what is named, and all only when that is confirmed', async () => {
  const wrong = await inVault('voices', 'forget', 'ffffffff');
  expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining('no voice “ffffffff”') });
  const unsure = await inVault('voices', 'forget', '--all');
  expect(unsure.status).toBe(1);
  expect(await voices()).toHaveLength(1);
  const { stdout, stderr } = await inVault('voices', 'forget', '--all', '--yes');
  expect(stdout).toContain('Ana: the voice is deleted');
  expect(stderr).toContain('Backups made before still hold');
  expect(await voices()).toEqual([]);
  expect((await inVault('voices', 'list')).stdout).toBe('No voice is remembered.\n');
});
