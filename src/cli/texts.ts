import type { Locale } from '../contract/locale.ts';
import { type ProgramTexts, programTextByKey, programTexts } from '../messages/program-texts.ts';

/** Gives what the command line says while it works. */
export type CliTexts = ProgramTexts<'cli'>;

/** What the command line says while it works, and in which language. */
export interface Texts {
  readonly language: Locale;
  readonly say: CliTexts;
}

/** The texts of a language. */
export function textsIn(language: Locale): Texts {
  return { language, say: programTexts(language, 'cli') };
}

type Heading = Parameters<CliTexts>[0] extends infer Key
  ? Key extends `headings.${infer Name}`
    ? Name
    : never
  : never;

/** What a job is at, in a word or two; a stage that has no name of its own is told all the same. */
export function stageName(stage: string, language: Locale): string {
  return programTextByKey(language, 'cli')([`stages.${stage}`, 'stages.other']);
}

/** The headings of a table's columns. */
export function headings(say: CliTexts, names: readonly Heading[]): string[] {
  return names.map((name) => say(`headings.${name}`));
}
