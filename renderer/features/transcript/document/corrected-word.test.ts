import { describe, expect, it } from 'vitest';
import { correctedWord } from './corrected-word.ts';

describe('noticing a corrected name', () => {
  it('takes one word for another, punctuation aside', () => {
    expect(correctedWord('and Maier, had told', 'and Mayer, had told')).toEqual({
      from: 'Maier',
      to: 'Mayer',
    });
    expect(correctedWord('saw Leclerc there', 'saw Le Clerc there')).toEqual({
      from: 'Leclerc',
      to: 'Le Clerc',
    });
    expect(correctedWord('take ibuprofin now', 'take ibuprofen now')).toEqual({
      from: 'ibuprofin',
      to: 'ibuprofen',
    });
  });

  it('takes no other change', () => {
    expect(correctedWord('and the man', 'and a man')).toBeNull();
    expect(correctedWord('one two', 'three four')).toBeNull();
    expect(correctedWord('Maier came', 'came')).toBeNull();
    expect(correctedWord('the end', 'The end')).toBeNull();
    expect(correctedWord('same', 'same')).toBeNull();
    expect(correctedWord('the medicine since', 'the med[00:00:04] icine since')).toBeNull();
    expect(correctedWord('was walking home', 'was talking home')).toBeNull();
  });
});
