import type { UserLanguage } from '../contract/user-language.ts';
import { JsonReporter } from './json-reporter.ts';
import type { OutputFlags } from './options.ts';
import type { Reporter } from './reporter.ts';
import { TextReporter } from './text-reporter.ts';

/** The reporter that the flags ask for: bars on a terminal, plain lines elsewhere, JSON for programs. */
export function reporterFor(flags: OutputFlags, language: UserLanguage): Reporter {
  if (flags.json) return new JsonReporter();
  return new TextReporter({ language, quiet: flags.quiet, bars: process.stderr.isTTY === true });
}
