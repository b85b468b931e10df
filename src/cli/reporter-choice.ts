import { JsonReporter } from './json-reporter.ts';
import type { OutputFlags, VaultFlags } from './options.ts';
import type { Reporter } from './reporter.ts';
import { TextReporter } from './text-reporter.ts';

/** The reporter that the flags ask for: bars on a terminal, plain lines elsewhere, JSON for programs. */
export function reporterFor({ json = false, quiet = false, vault }: OutputFlags & VaultFlags): Reporter {
  if (json) return new JsonReporter();
  return new TextReporter({ quiet, bars: process.stderr.isTTY === true, vault: vault ?? null });
}
