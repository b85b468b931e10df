import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { fingerprintOfKeys, isSameFingerprint } from '../sealing/key-fingerprint.ts';
import { makeOfficeKeys, privateKeyFromBytes, rawPublicKey } from '../sealing/office-keys.ts';
import { trust, trustedKeys } from './known-keys.ts';

const [worker, next, vault] = [makeOfficeKeys(), makeOfficeKeys(), makeOfficeKeys()].map(
  ({ publicKey }) => publicKey,
) as [Buffer, Buffer, Buffer];

/** A gateway that tells these keys, and says what it likes of their fingerprint. */
function telling(workers: readonly Buffer[], vaultKey: Buffer | null) {
  const base64 = (key: Buffer) => key.toString('base64');
  return {
    keys: async () => ({
      workers: workers.map(base64),
      vault: vaultKey === null ? null : base64(vaultKey),
      fingerprint: fingerprintOfKeys({ workers: [worker], vault: null }),
    }),
  };
}

describe('the keys that a client seals for', () => {
  it('are those that it saw first, until somebody has compared others', async () => {
    const file = join(temporaryFolder(), 'client', 'known-office.json');
    const first = telling([worker], null);
    for (const _ of ['first sight', 'again']) {
      expect(await trustedKeys(first, { file })).toEqual({ workers: [worker], vault: null });
    }
    // Another worker, one more, a vault that nobody told of.
    for (const other of [telling([next], null), telling([worker, next], null), telling([worker], vault)]) {
      await expect(trustedKeys(other, { file })).rejects.toThrow('keys.changed');
    }
    await trust(file, fingerprintOfKeys({ workers: [next, worker], vault }));
    await trustedKeys(telling([worker, next], vault), { file });
    await expect(trustedKeys(first, { file })).rejects.toThrow('keys.changed');
  });

  it('are those of the fingerprint that it was given, whatever it saw', async () => {
    const file = join(temporaryFolder(), 'known-office.json');
    const expected = fingerprintOfKeys({ workers: [worker], vault })
      .toUpperCase()
      .replaceAll(' ', ':');
    await expect(trustedKeys(telling([worker], null), { file, expected })).rejects.toThrow('keys.changed');
    await trustedKeys(telling([worker], vault), { file, expected });
  });

  it('are not seen for the first time where what is known cannot be read', async () => {
    const file = join(temporaryFolder(), 'known-office.json');
    await writeFile(file, '{');
    await expect(trustedKeys(telling([worker], null), { file })).rejects.toThrow(SyntaxError);
  });
});

describe('a fingerprint', () => {
  it('is what it was when it was specified, in any order of the keys', () => {
    const [one, other] = [1, 2].map((byte) => rawPublicKey(privateKeyFromBytes(Buffer.alloc(32, byte)))) as [
      Buffer,
      Buffer,
    ];
    const both = fingerprintOfKeys({ workers: [one, other], vault: null });
    expect(both).toBe('5372 b0d5 8cb9 d4c4 afc0 6246 8d1c 5209');
    expect(fingerprintOfKeys({ workers: [other, one], vault: null })).toBe(both);
    // A worker's key is not the vault's.
    expect(fingerprintOfKeys({ workers: [one], vault: other })).not.toBe(both);
    expect(isSameFingerprint(both, `  ${both.replaceAll(' ', '')}\n`)).toBe(true);
  });
});
