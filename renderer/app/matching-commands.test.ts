import { describe, expect, it } from 'vitest';
import { matchingCommands } from './matching-commands.ts';

const commands = [
  { group: 'Commands', label: 'Lock now' },
  { group: 'Commands', label: 'Show the clock' },
  { group: 'Recordings', label: 'Sesión clínica 3.m4a' },
];
const found = (text: string) => matchingCommands(commands, text).map(({ label }) => label);

describe('matchingCommands', () => {
  it('offers everything before anything is typed', () => expect(found(' ')).toHaveLength(3));

  it('puts names that begin with the text first', () => {
    expect(found('lock')).toEqual(['Lock now', 'Show the clock']);
  });

  it('takes the words of a name in any order, without accents', () => {
    expect(found('clinica sesion')).toEqual(['Sesión clínica 3.m4a']);
  });

  it('finds nothing where a word is missing', () => expect(found('lock later')).toEqual([]));
});
