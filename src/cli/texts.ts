import type { Locale } from '../contract/locale.ts';
import { type ProgramTexts, programTextByKey, programTexts } from '../messages/program-texts.ts';

/** Translator of the command line's messages. */
export type CliTexts = ProgramTexts<'cli'>;

/** The command line's messages, and their language. */
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

/** A stage's name, in a word or two; a stage without one gets a generic name. */
export function stageName(stage: string, language: Locale): string {
  return programTextByKey(language, 'cli')([`stages.${stage}`, 'stages.other']);
}

/** The headings of a table's columns. */
export function headings(say: CliTexts, names: readonly Heading[]): string[] {
  return names.map((name) => say(`headings.${name}`));
}
