import { SIGNALS } from '../../contract/diagnostics.ts';

/** A signal as the log names it; null if there was none. */
export function loggedSignal(signal: NodeJS.Signals | null): (typeof SIGNALS)[number] | null {
  return signal === null ? null : (SIGNALS.find((known) => known === signal) ?? 'other');
}

/** The numbers that a program's version begins with, four at most; `0` if it begins with none. */
export function loggedVersion(version: string): string {
  return /^v?(\d{1,6}(?:\.\d{1,6}){0,3})/.exec(version)?.[1] ?? '0';
}
