import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resourcesFolder } from '../../core/folders.ts';
import { findFfmpeg } from '../../core/media/find-ffmpeg.ts';

const run = promisify(execFile);

const FIXTURES = join(resourcesFolder(), '..', 'e2e', 'fixtures');

/** Recordings of this repository, and their contents. */
export const RECORDINGS = {
  /** 34 s of English, one channel. */
  interview: join(FIXTURES, 'interview-en.m4a'),
  /** 47 s, a speaker on each of two channels. */
  call: join(FIXTURES, 'call-two-channels.flac'),
  /** 100 s: two people in one channel. */
  conversation: join(FIXTURES, 'two-speakers.flac'),
  /** 19 s of English. */
  memo: join(FIXTURES, 'memo-en.mp3'),
  /** Eleven minutes of a hearing. */
  hearing: join(FIXTURES, 'hearing-12min.opus'),
  /** 43 s, English and Spanish in turns. */
  bilingual: join(FIXTURES, 'bilingual.wav'),
  /** 40 s of noise, without speech. */
  noise: join(FIXTURES, 'noise-40s.wav'),
} as const;

/** Makes a file with ffmpeg: its options, inputs first, and the file. */
export async function make(file: string, ...options: string[]): Promise<string> {
  const ffmpeg = await findFfmpeg();
  await run(ffmpeg.path, ['-v', 'error', '-nostdin', '-y', ...options, file]);
  return file;
}

/** Twenty seconds of a conversation: the first of two people until 8 s, the other one from 9 s on. */
export async function shortConversation(folder: string): Promise<string> {
  return await make(join(folder, 'conversation.flac'), '-t', '20', '-i', RECORDINGS.conversation);
}
