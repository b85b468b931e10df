import { dirname } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { KEY_BYTES, randomKey } from './key-derivation.ts';
import { isWithin, resolveLinks } from './vault-folder.ts';

/**
 * The recovery key on paper: 256 bits in Crockford's base32 (52 characters, the last 4 bits zero) as 13 groups of 4,
 * each followed by a check character. That is a sum over GF(32), weighted by position and seeded with the group's
 * number: it detects every single wrong character, every swap of neighbours, and swapped groups. Must never change.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP_DATA = 4;
const GROUP_LENGTH = GROUP_DATA + 1;

/** Groups of a recovery key. */
export const RECOVERY_GROUPS = 13;

const SEPARATORS = /[\s\-\u2010-\u2015]+/u;
const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** A fresh recovery key in groups joined by dashes, to be shown before a vault is created with it. */
export function generateRecoveryKey(): string {
  const secret = randomKey();
  const text = formatRecoveryKey(secret);
  secret.fill(0);
  return text;
}

/** Formats a 32-byte recovery key as groups joined by dashes. */
export function formatRecoveryKey(key: Uint8Array): string {
  if (key.length !== KEY_BYTES) throw new RangeError('a recovery key has 32 bytes');
  const values = toBase32(key);
  const groups: string[] = [];
  for (let group = 0; group < RECOVERY_GROUPS; group++) {
    const data = values.slice(group * GROUP_DATA, (group + 1) * GROUP_DATA);
    groups.push([...data, checkValue(group, data)].map((value) => ALPHABET.charAt(value)).join(''));
  }
  return groups.join('-');
}

/**
 * Parses a recovery key as people type it: any case, dashes and spaces anywhere, O for 0, I and L for 1. Throws
 * `vault.recoveryKeyIncomplete` for a wrong number of groups, and `vault.recoveryKeyMistyped` with the number of the
 * first wrong group (counted from 1).
 */
export function parseRecoveryKey(text: string): Buffer {
  const groups = splitGroups(text);
  if (groups.length !== RECOVERY_GROUPS) {
    throw new AppError('vault.recoveryKeyIncomplete', { groups: groups.length, expected: RECOVERY_GROUPS });
  }
  const values = groups.flatMap((group, index) => parseGroup(group, index));
  return fromBase32(values);
}

/**
 * Refuses a recovery key file inside the vault's folder or beside it, where a thief would get both: throws
 * `vault.keyBesideVault`. Neither needs to exist yet; symbolic links are resolved.
 */
export async function assertKeyFileAway(keyFile: string, vaultFolder: string): Promise<void> {
  const key = await resolveLinks(keyFile);
  const vault = await resolveLinks(vaultFolder);
  if (isWithin(vault, key) || dirname(key) === dirname(vault)) {
    throw new AppError('vault.keyBesideVault', { folder: dirname(key) });
  }
}

/** The digits meant by typed groups of a recovery key: upper case, with ambiguous characters replaced. */
export function meantDigits(typed: string): string {
  return [...typed.toUpperCase()].map((sign) => LOOKALIKES[sign] ?? sign).join('');
}

function splitGroups(text: string): string[] {
  const typed = text.split(SEPARATORS).filter((group) => group !== '');
  const joined = typed.join('');
  // With the right number of groups as typed, a missing character is found in its own group.
  if (typed.length === RECOVERY_GROUPS && joined.length !== RECOVERY_GROUPS * GROUP_LENGTH) return typed;
  const groups: string[] = [];
  for (let i = 0; i < joined.length; i += GROUP_LENGTH) groups.push(joined.slice(i, i + GROUP_LENGTH));
  return groups;
}

function parseGroup(group: string, index: number): number[] {
  const values = [...meantDigits(group)].map((digit) => ALPHABET.indexOf(digit));
  const data = values.slice(0, GROUP_DATA);
  const last = index === RECOVERY_GROUPS - 1;
  const right =
    values.length === GROUP_LENGTH &&
    !values.includes(-1) &&
    values[GROUP_DATA] === checkValue(index, data) &&
    !(last && ((data[GROUP_DATA - 1] ?? 0) & 0b1111) !== 0);
  if (!right) throw new AppError('vault.recoveryKeyMistyped', { group: index + 1 });
  return data;
}

function checkValue(group: number, data: readonly number[]): number {
  // In GF(32) with x^5 + x^2 + 1: seeded with the group's number, multiplied by x before each value is added.
  let sum = group + 1;
  for (const value of data) sum = timesX(sum ^ value);
  return sum;
}

function timesX(value: number): number {
  const shifted = value << 1;
  return (shifted & 32) === 0 ? shifted : shifted ^ 0b100101;
}

function toBase32(bytes: Uint8Array): number[] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.padEnd(RECOVERY_GROUPS * GROUP_DATA * 5, '0').match(/.{5}/g) ?? []).map((five) =>
    Number.parseInt(five, 2),
  );
}

function fromBase32(values: readonly number[]): Buffer {
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2));
  return Buffer.from(bytes.slice(0, KEY_BYTES));
}
