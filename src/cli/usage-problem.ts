import { CommanderError } from 'commander';
import type { Texts } from './words.ts';

/** A wrong use of the command line that Commander does not find; told as `usage.invalid` in the user's language. */
export class UsageProblem extends Error {
  /** What is wrong, as a clause. */
  readonly clause: (texts: Texts) => string;

  constructor(clause: (texts: Texts) => string) {
    super('usage.invalid');
    this.clause = clause;
  }
}

/**
 * What is wrong with the command that was typed, as a clause for `usage.invalid`; empty where only the help was shown,
 * null where the error is none of usage. Commander writes its messages in English alone, around what it quotes.
 */
export function usageProblem(error: unknown, texts: Texts): string | null {
  if (error instanceof UsageProblem) return error.clause(texts);
  if (!(error instanceof CommanderError)) return null;
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? message;
  const suggestion = /\(Did you mean .*\)/.exec(message)?.[0];
  const hint = suggestion === undefined ? '' : ` ${suggestion.replace(/^\(Did you mean (.*)\?\)$/, '→ $1')}`;
  const { usage } = texts.say;
  switch (error.code) {
    case 'commander.help':
    case 'commander.helpDisplayed':
      return '';
    case 'commander.unknownOption':
      return usage.unknownOption(quoted) + hint;
    case 'commander.unknownCommand':
      return usage.unknownCommand(quoted) + hint;
    case 'commander.missingArgument':
      return usage.missingArgument(quoted);
    case 'commander.missingMandatoryOptionValue':
      return usage.missingOption(quoted);
    case 'commander.optionMissingArgument':
      return usage.missingValue(quoted);
    case 'commander.conflictingOption':
      return usage.conflict([...message.matchAll(/'([^']*)'/g)].map((match) => match[1]).join(', '));
    case 'commander.excessArguments':
      return usage.tooMany;
    case 'commander.invalidArgument':
      return usage.badValue(message);
    default:
      return message;
  }
}
