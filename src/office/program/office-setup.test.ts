import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openOfficeDatabase } from '../database/office-database.db.ts';
import { principalOfToken } from '../gateway/access-tokens.ts';
import { admitToken, makeGivenToken } from '../gateway/given-tokens.ts';
import { privateKeyFromPem, rawPublicKey } from '../sealing/office-keys.ts';
import { setUpOffice } from './office-setup.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'office-setup-'));
});
afterEach(() => rm(folder, { recursive: true }));

const secret = async (name: string) => (await readFile(join(folder, name), 'utf8')).trim();

it('makes each secret once, the same for the programs that share it, and leaves what is there', async () => {
  const made = await setUpOffice(folder);
  expect(made).toHaveLength(10);
  const before = await Promise.all(made.map(secret));
  expect(await setUpOffice(folder)).toEqual([]);
  expect(await Promise.all(made.map(secret))).toEqual(before);

  expect(await secret('gateway/worker-token')).toBe(await secret('worker/token'));
  expect(await secret('gateway/scaler-token')).toBe(await secret('scaler/token'));
  const key = await secret('gateway/s3-secret');
  expect(key).toBe(await secret('worker/s3-secret'));
  expect(JSON.parse(await secret('store/s3.json')).identities[0].credentials[0].secretKey).toBe(key);
  const privateKey = privateKeyFromPem(await secret('worker/key.pem'));
  expect(rawPublicKey(privateKey).toString('base64')).toBe(await secret('gateway/worker-public-keys'));
  for (const name of made.filter((name) => !name.startsWith('store/'))) {
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  }

  // What one program lost comes back as the other has it.
  await rm(join(folder, 'worker/token'));
  expect(await setUpOffice(folder)).toEqual(['worker/token']);
  expect(await secret('worker/token')).toBe(await secret('gateway/worker-token'));
});

it('makes tokens that a gateway lets in, and refuses again when its file has another', async () => {
  await setUpOffice(folder);
  const key = Buffer.from(await secret('gateway/database-key'), 'hex');
  const database = openOfficeDatabase(join(folder, 'office.db'), key);
  try {
    const first = await secret('worker/token');
    const enters = (token: string) => () => principalOfToken(database.tokens, `Bearer ${token}`, Date.now());
    expect(enters(first)).toThrow('token.refused');
    admitToken(database.tokens, first, 'work');
    admitToken(database.tokens, first, 'work');
    expect(enters(first)()).toMatchObject({ tenantId: 'given:work', scopes: ['work'] });
    const scaler = await secret('scaler/token');
    admitToken(database.tokens, scaler, 'scale');
    const second = makeGivenToken();
    admitToken(database.tokens, second, 'work');
    expect(enters(first)).toThrow('token.refused');
    expect(enters(second)()).toMatchObject({ tenantId: 'given:work', scopes: ['work'] });
    expect(enters(scaler)()).toMatchObject({ tenantId: 'given:scale', scopes: ['scale'] });
    await writeFile(join(folder, 'worker/token'), 'nothing');
    expect(() => admitToken(database.tokens, 'nothing', 'work')).toThrow(TypeError);
  } finally {
    database.close();
  }
});
