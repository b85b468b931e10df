import type { Pseudonym } from '../../contract/pseudonyms.ts';

/** A place in a text that a line of the key stands for. */
export interface KeyMatch {
  readonly from: number;
  readonly to: number;
  /** What is written there instead: the label, with a possessive ending if there was one. */
  readonly label: string;
  /** The line of the key. */
  readonly id: string;
}

const POSSESSIVE = "['’]s?";

/**
 * Finds the words of a key in texts. A form is found as it is written and in capitals, as whole words, with any blanks
 * between its words; a possessive ending stays behind the label. Of forms that begin in one place the longest counts.
 */
export class KeyMatcher {
  readonly #pattern: RegExp | null;
  readonly #byForm = new Map<string, Pseudonym>();

  constructor(key: readonly Pseudonym[]) {
    for (const line of key) {
      for (const form of line.forms) {
        for (const one of [form, form.toLocaleUpperCase()]) {
          const known = normal(one);
          if (known !== '' && !this.#byForm.has(known)) this.#byForm.set(known, line);
        }
      }
    }
    const forms = [...this.#byForm.keys()].sort((a, b) => b.length - a.length);
    this.#pattern =
      forms.length === 0
        ? null
        : new RegExp(
            `(?<![\\p{L}\\p{N}])(${forms.map(patternOf).join('|')})(${POSSESSIVE})?(?![\\p{L}\\p{N}])`,
            'gu',
          );
  }

  /** The places in a text, in order, without overlaps. */
  find(text: string): KeyMatch[] {
    if (this.#pattern === null) return [];
    return [...text.matchAll(this.#pattern)].flatMap((match) => {
      const [whole, form = '', possessive = ''] = match;
      const line = this.#byForm.get(normal(form));
      if (line === undefined) return [];
      return [
        { from: match.index, to: match.index + whole.length, label: line.label + possessive, id: line.id },
      ];
    });
  }

  /** A text with labels in the places of what they stand for. */
  replace(text: string): string {
    let made = '';
    let end = 0;
    for (const { from, to, label } of this.find(text)) {
      made += text.slice(end, from) + label;
      end = to;
    }
    return made + text.slice(end);
  }
}

function normal(form: string): string {
  return form.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** The source of a pattern with the flag `u` that finds a text as it is written, with any blanks between its words. */
export function patternOf(text: string): string {
  // A hyphen must not be escaped here: with `u` that is no pattern.
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/gu, '\\s+');
}
