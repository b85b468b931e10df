import { expect, it } from 'vitest';
import { subtitleFileName } from './file-name.ts';

it.each([
  ['interview.mp4', '/home/ana/interview.mp4', '/home/ana', 'interview.srt'],
  ['Smith v. Jones', '/home/ana/hearing.mp4', '/home/ana', 'hearing.srt'],
  ['Smith v. Jones', 'C:\\Ana\\hearing.mp4', 'C:\\Ana', 'hearing.srt'],
  ['Smith v. Jones', '/home/ana/hearing.mp4', '/elsewhere', 'Smith v. Jones.srt'],
  ['Hearing of 3.11.2026', '/x/a.wav', '/y', 'Hearing of 3.11.2026.srt'],
])('%j from %j, written into %j: %j', (name, sourcePath, folder, file) => {
  expect(subtitleFileName({ name, sourcePath }, folder, 'srt')).toBe(file);
});
