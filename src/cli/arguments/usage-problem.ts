import { CommanderError } from 'commander';
import type { Texts } from '../texts.ts';

/** A usage error that Commander does not detect; shown as `usage.invalid` in the user's language. */
export class UsageProblem extends Error {
  /** What is wrong, as a clause. */
  readonly clause: (texts: Texts) => string;

  constructor(clause: (texts: Texts) => string) {
    super('usage.invalid');
    this.clause = clause;
  }
}

/**
 * The usage error of a command line, as a clause for `usage.invalid`; empty if only the help was shown, null if it is
 * not a usage error. Commander writes its messages in English alone, around what it quotes.
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
  const { say } = texts;
  switch (error.code) {
    case 'commander.help':
    case 'commander.helpDisplayed':
      return '';
    case 'commander.unknownOption':
      return say('usage.unknownOption', { text: quoted }) + hint;
    case 'commander.unknownCommand':
      return say('usage.unknownCommand', { text: quoted }) + hint;
    case 'commander.missingArgument':
      return say('usage.missingArgument', { text: quoted });
    case 'commander.missingMandatoryOptionValue':
      return say('usage.missingOption', { text: quoted });
    case 'commander.optionMissingArgument':
      return say('usage.missingValue', { text: quoted });
    case 'commander.conflictingOption':
      return say('usage.conflict', {
        text: [...message.matchAll(/'([^']*)'/g)].map((match) => match[1]).join(', '),
      });
    case 'commander.excessArguments':
      return say('usage.tooMany');
    case 'commander.invalidArgument':
      return say('usage.badValue', { text: message });
    default:
      return message;
  }
}
