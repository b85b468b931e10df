import { randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/testing/temporary-folder.ts';
import { assertKeyFileAway, formatRecoveryKey, parseRecoveryKey, RECOVERY_GROUPS } from './recovery-key.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 });
const mistyped = (group: number) =>
  expect.objectContaining({ code: 'vault.recoveryKeyMistyped', details: { group } });

describe('a recovery key', () => {
  test('is thirteen groups of five characters', () => {
    expect(formatRecoveryKey(randomBytes(32))).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){12}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(formatRecoveryKey(Buffer.alloc(32))).toMatchInlineSnapshot(
      `"0000G-00005-0000N-0000A-0000T-0000F-0000Z-0000M-00004-0000H-00001-0000Y-0000E"`,
    );
    expect(formatRecoveryKey(Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)))).toMatchInlineSnapshot(
      `"003GS-W58W3-4CN38-2E1ZF-8S6NF-8PV2X-D5R7X-EZM5W-HJ9SB-N8D8D-NYVB8-VH6B0-TBCGG"`,
    );
  });

  test('is read back, however it is typed', () => {
    fc.assert(
      fc.property(
        anyKey,
        fc.constantFrom('-', ' ', '', ' - ', '\n', '–'),
        fc.boolean(),
        (key, joint, lower) => {
          const typed = formatRecoveryKey(key)
            .replaceAll('-', joint)
            .replaceAll('0', 'O')
            .replaceAll('1', 'l');
          expect(parseRecoveryKey(lower ? ` ${typed.toLowerCase()}\n` : typed)).toEqual(Buffer.from(key));
        },
      ),
    );
  });

  test('with any one wrong character is pointed at its group', () => {
    const text = formatRecoveryKey(randomBytes(32));
    for (let at = 0; at < text.length; at++) {
      if (text[at] === '-') continue;
      for (const other of `${ALPHABET}U?`) {
        if (other === text[at]) continue;
        const wrong = text.slice(0, at) + other + text.slice(at + 1);
        expect(() => parseRecoveryKey(wrong)).toThrow(mistyped(Math.floor(at / 6) + 1));
      }
    }
  });

  test('with neighbours swapped inside a group is pointed at', () => {
    fc.assert(
      fc.property(anyKey, fc.nat(RECOVERY_GROUPS - 1), fc.nat(3), (key, group, at) => {
        const groups = formatRecoveryKey(key).split('-');
        const characters = [...(groups[group] ?? '')];
        const [a = '', b = ''] = characters.slice(at, at + 2);
        fc.pre(a !== b);
        const wrong = groups.with(
          group,
          characters
            .with(at, b)
            .with(at + 1, a)
            .join(''),
        );
        expect(() => parseRecoveryKey(wrong.join('-'))).toThrow(mistyped(group + 1));
      }),
    );
  });

  test('with groups in another order is refused', () => {
    fc.assert(
      fc.property(anyKey, fc.nat(RECOVERY_GROUPS - 2), (key, first) => {
        const groups = formatRecoveryKey(key).split('-');
        const [a = '', b = ''] = groups.slice(first, first + 2);
        const wrong = groups.with(first, b).with(first + 1, a);
        expect(() => parseRecoveryKey(wrong.join('-'))).toThrow(mistyped(first + 1));
      }),
    );
  });

  test('with a character missing is pointed at its group; with a group missing is counted', () => {
    const groups = formatRecoveryKey(randomBytes(32)).split('-');
    const cut = groups.with(4, (groups[4] ?? '').slice(1));
    expect(() => parseRecoveryKey(cut.join('-'))).toThrow(mistyped(5));
    expect(() => parseRecoveryKey(groups.slice(1).join(' '))).toThrow(
      expect.objectContaining({
        code: 'vault.recoveryKeyIncomplete',
        details: { groups: 12, expected: 13 },
      }),
    );
    expect(() => parseRecoveryKey('')).toThrow(
      expect.objectContaining({ details: { groups: 0, expected: 13 } }),
    );
  });
});

describe('the file of a recovery key', () => {
  test('may not lie in the vault, beside it, or behind a link to there', async () => {
    const parent = temporaryFolder();
    const vault = join(parent, 'vaults', 'vault');
    const away = join(parent, 'stick');
    mkdirSync(join(vault, 'objects'), { recursive: true });
    mkdirSync(away);
    symlinkSync(join(parent, 'vaults'), join(away, 'link'));
    const refused = { code: 'vault.keyBesideVault' };
    for (const place of [vault, join(vault, 'objects'), join(vault, 'not yet'), join(parent, 'vaults')]) {
      await expect(assertKeyFileAway(join(place, 'key.txt'), vault)).rejects.toMatchObject(refused);
    }
    await expect(assertKeyFileAway(join(away, 'link', 'key.txt'), vault)).rejects.toMatchObject(refused);
    await assertKeyFileAway(join(away, 'key.txt'), vault);
    await assertKeyFileAway(join(parent, 'vaults.txt'), vault);
    await assertKeyFileAway(join(away, 'key.txt'), join(parent, 'vaults', 'not yet'));
  });
});
