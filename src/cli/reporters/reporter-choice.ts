import type { OutputFlags, VaultFlags } from '../arguments/options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { JsonReporter } from './json-reporter.ts';
import type { Reporter } from './reporter.ts';
import { TextReporter } from './text-reporter.ts';

/** The reporter selected by the flags: bars on a terminal, plain lines elsewhere, JSON for programs. */
export function reporterFor(
  terminal: Terminal,
  { json = false, quiet = false, vault }: OutputFlags & VaultFlags,
): Reporter {
  if (json) return new JsonReporter(terminal);
  return new TextReporter(terminal, { quiet, bars: terminal.stderr.isTTY === true, vault: vault ?? null });
}
