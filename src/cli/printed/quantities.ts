import type { Locale } from '../../contract/locale.ts';
import { formatBytes } from '../../messages/quantities.ts';

/** A size for display, in the user's language: `1.6 GB`. */
export function fileSize(bytes: number, language: Locale): string {
  return formatBytes(bytes, language);
}

/** A speed as a multiple of real time: `12×`, below ten with one decimal. */
export function timesRealTime(speed: number, language: Locale): string {
  return `${decimal(speed, speed >= 9.95 ? 0 : 1, language)}×`;
}

/** A duration in seconds: `3.4 s`. */
export function seconds(ms: number, language: Locale): string {
  return `${decimal(ms / 1000, 1, language)} s`;
}

/** A share from 0 to 1 as whole per cent: `92 %`. */
export function wholePercent(share: number, language: Locale): string {
  return `${decimal(100 * share, 0, language)} %`;
}

/** An ETA as the time of day, `14:03`. */
export function timeOfDay(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** A date in this machine's time zone: `2026-11-20`. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toLocaleDateString('sv-SE');
}

function decimal(value: number, digits: number, language: Locale): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language, options).format(value);
}
