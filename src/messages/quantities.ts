import type { Locale } from '../contract/locale.ts';

const MINUTE_MS = 60_000;

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size for display, in decimal units as in file managers: `812 MB`, `1.5 GB`; Spanish: `1,5 GB`. */
export function formatBytes(bytes: number, language: Locale): string {
  let value = bytes;
  let unit = 0;
  // 999.5 would be rounded to "1,000 MB".
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  return `${number} ${BYTE_UNITS[unit]}`;
}

/** A duration for display, in its two largest units: `1 h 5 min`, `12 min 5 s`, `8 s`. The same in both languages. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = seconds % 60;
  if (hours > 0) return joinUnits(`${hours} h`, minutes, 'min');
  if (minutes > 0) return joinUnits(`${minutes} min`, rest, 's');
  return `${rest} s`;
}

/** An ETA rounded up to the full minute: a user who returns at the time shown must not be too early. */
export function readyMinute(readyAtMs: number): number {
  return Math.ceil(readyAtMs / MINUTE_MS) * MINUTE_MS;
}

function joinUnits(larger: string, smaller: number, unit: string): string {
  return smaller === 0 ? larger : `${larger} ${smaller} ${unit}`;
}

/** A time that is only expected, for display: whole seconds below a minute, whole minutes below two hours, then quarters. */
export function roughDuration(milliseconds: number): string {
  const QUARTER_MS = 15 * MINUTE_MS;
  const unitMs = milliseconds < MINUTE_MS ? 1000 : milliseconds < 120 * MINUTE_MS ? MINUTE_MS : QUARTER_MS;
  return formatDuration(Math.max(1000, Math.round(milliseconds / unitMs) * unitMs));
}
