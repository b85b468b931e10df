import { expect, test } from 'vitest';
import { AutoLock } from './auto-lock.ts';

const MINUTE_MS = 60_000;

test('the vault is locked after as many minutes without input as the settings say, and never where they say so', () => {
  let minutes: number | null = 15;
  const autoLock = new AutoLock({ lockAfterMinutes: () => minutes, isInUse: () => false });
  expect(autoLock.isDue(15 * 60 - 1, 100 * MINUTE_MS)).toBe(false);
  expect(autoLock.isDue(15 * 60, 100 * MINUTE_MS)).toBe(true);
  minutes = null;
  expect(autoLock.isDue(10_000, 100 * MINUTE_MS)).toBe(false);
});

test('whoever listens without touching anything is not locked out, nor for as long afterwards', () => {
  let isInUse = true;
  const autoLock = new AutoLock({ lockAfterMinutes: () => 1, isInUse: () => isInUse });
  expect(autoLock.isDue(3600, 100 * MINUTE_MS)).toBe(false);
  isInUse = false;
  expect(autoLock.isDue(3600, 101 * MINUTE_MS - 1)).toBe(false);
  expect(autoLock.isDue(3600, 101 * MINUTE_MS)).toBe(true);
});
