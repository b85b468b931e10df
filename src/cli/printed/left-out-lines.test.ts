import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nothingLeftOut } from '../../contract/left-out.ts';
import { textsIn } from '../texts.ts';
import { leftOutLines, sameFileLines } from './left-out-lines.ts';

const { say: ENGLISH } = textsIn('en');
const here = (name: string) => join(process.cwd(), name);

describe('leftOutLines', () => {
  it('are none where nothing was left out', () => {
    expect(leftOutLines(nothingLeftOut(), ENGLISH)).toEqual([]);
  });

  it('tell a few names and how many more there are, hidden recordings first', () => {
    const others = Array.from({ length: 12 }, (_, i) => here(`in/${12 - i}.pdf`));
    const leftOut = { ...nothingLeftOut(), others, hidden: [here('in/.a\u001b[2J.wav')] };
    expect(leftOutLines(leftOut, ENGLISH)).toEqual([
      'One recording is hidden and was not read: .a\ufffd[2J.wav.',
      '12 other files do not look like recordings and were not read: 1.pdf, 2.pdf, 3.pdf and 9 more.',
      'A file that is named itself is always tried.',
    ]);
  });

  it('name pipes, and folders by their way', () => {
    const leftOut = { ...nothingLeftOut(), special: [here('in/live')], again: [here('in/last')] };
    expect(leftOutLines(leftOut, ENGLISH)).toEqual([
      'One entry is no file but a pipe, a socket or a device, and was not read: live.',
      `One folder is here under a second name, and was not read twice: ${join('in', 'last')}.`,
    ]);
  });
});

describe('sameFileLines', () => {
  const second = (path: string) => ({ path, sameAs: here('a.wav') });

  it('say of which file each is another name', () => {
    expect(sameFileLines([{ path: here('a.wav'), sameAs: null }, second(here('b.wav'))], ENGLISH)).toEqual([
      'b.wav is the same file as a.wav, so it was not read twice.',
    ]);
  });

  it('are one line for many', () => {
    const many = Array.from({ length: 40 }, (_, i) => second(here(`${i}.wav`)));
    expect(sameFileLines(many, ENGLISH)).toEqual([
      '40 names stand for files that have another name here too, and were not read twice: 0.wav, 1.wav, 2.wav and 37 more.',
    ]);
  });
});
