import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { addTalk } from '../app/testing/talk-of-two.ts';
import { CandidateListing, CertificateListing, PseudonymListing } from './listings/law-listings.ts';
import { called } from './testing/called-command.ts';
import { CliHome } from './testing/cli-home.ts';
import { inDatabase, makeVaultByCommand, OPEN } from './testing/vault-by-command.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const home = new CliHome();
afterAll(() => home[Symbol.dispose]());

let recordingId: string;

const inVault = (...args: string[]) => called(home, [...args, ...OPEN]);

beforeAll(async () => {
  await makeVaultByCommand(home);
  await inDatabase(home, async (database) => {
    const matterId = newId();
    const matter = { name: 'Soto', vocabulary: [], speakers: [], defaultOptions: {}, createdAtMs: 1 };
    await database.matters.add({ id: matterId, ...matter });
    recordingId = await addTalk(database, matterId);
    const marker = { id: newId(), atMs: 0, label: 'here Mr Holloway comes in' };
    await database.markers.save({ recordingId, marker });
  });
});

it('finds, labels and leaves words, and writes copies without them', async () => {
  const { stdout } = await inVault('pseudonyms', 'find', recordingId, '--json');
  expect(CandidateListing.parse(JSON.parse(stdout)).found.map(({ text }) => text)).toContain('Mr Holloway');
  const set = await inVault('pseudonyms', 'set', recordingId.slice(-8), 'word7', 'word8');
  expect(set).toMatchObject({ status: 0 });
  expect(set.stdout).toContain('[Person 1]');
  expect(set.stderr).toContain('not decided');
  await inVault('pseudonyms', 'set', recordingId, 'word11', '--label', 'person 1');
  await inVault('pseudonyms', 'set', recordingId, 'word12', '--kind', 'place');
  await inVault('pseudonyms', 'leave', recordingId, 'Mr Holloway');
  const listed = PseudonymListing.parse(
    JSON.parse((await inVault('pseudonyms', 'list', recordingId, '--json')).stdout),
  );
  expect(listed).toMatchObject({
    ...{ matterName: 'Soto', left: ['Mr Holloway'], undecided: 0 },
    key: [
      { label: '[Person 1]', forms: ['word11', 'word7', 'word8'], times: 3 },
      { label: '[Place 1]', kind: 'place' },
    ],
  });
  const twice = await inVault('pseudonyms', 'set', recordingId, 'word12');
  expect(twice.status).not.toBe(0);
  expect(twice.stderr).toContain('[Place 1]');
  const exported = await inVault(
    ...['recordings', 'export', recordingId, '--pseudonyms', '--format', 'txt,srt', '--out', 'copies'],
  );
  expect(exported).toMatchObject({ status: 0 });
  expect(readdirSync(home.path('copies'))).toHaveLength(2);
  for (const name of readdirSync(home.path('copies'))) {
    expect(name).toContain('pseudonymised');
    const text = readFileSync(home.path('copies', name), 'utf8');
    expect(text).not.toMatch(/word(7|8|11|12)\b|hearing/);
    expect(text).toContain('[Place 1]');
  }
  await inVault('pseudonyms', 'remove', recordingId, 'place 1');
  const key = await inVault('pseudonyms', 'key', recordingId, '--out', 'safe');
  expect(key.stderr).toContain('undo the pseudonyms');
  const [name = ''] = readdirSync(home.path('safe'));
  const rows = readFileSync(home.path('safe', name), 'utf8');
  expect(rows).toContain('word11; word7; word8');
  expect(rows).not.toContain('word12');
});

it('lists certificates of erasing, prints one and saves it, over nothing', async () => {
  expect((await inVault('matters', 'certificates')).stdout).toContain('No certificate');
  const certificate = { id: newId(), writtenAtMs: 1, text: 'Erased\n', recordings: 2, byRetention: true };
  await inDatabase(home, async (database) => {
    await database.erasureCertificates.add({ certificate, recordingIds: [] });
  });
  const { stdout } = await inVault('matters', 'certificates', '--json');
  const [listed] = CertificateListing.parse(JSON.parse(stdout)).certificates;
  expect(listed).toEqual({
    ...{ certificateId: certificate.id, writtenAtMs: 1, recordings: 2, byRetention: true },
  });
  expect((await inVault('matters', 'certificate', certificate.id.slice(-8))).stdout).toBe('Erased\n');
  const save = ['matters', 'certificate', certificate.id, '--out', 'erased.txt'];
  expect((await inVault(...save)).status).toBe(0);
  expect(readFileSync(home.path('erased.txt'), 'utf8')).toBe('Erased\n');
  home.write('erased.txt', 'mine');
  expect((await inVault(...save)).status).not.toBe(0);
  expect(readFileSync(home.path('erased.txt'), 'utf8')).toBe('mine');
  const pdf = await inVault('matters', 'certificate', certificate.id, '--out', 'erased.pdf');
  expect(pdf.status).not.toBe(0);
  expect(existsSync(home.path('erased.pdf'))).toBe(false);
});
