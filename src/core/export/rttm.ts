import type { TranscriptDocument } from '../../contract/document.ts';
import { withoutEnding } from '../media/sources/recording-endings.ts';
import { readableText } from './readable-text.ts';
import { speakerTalk } from './speaker-talk.ts';

/** The name of turns that no speaker is known of. */
const UNKNOWN = 'unknown';

/**
 * Who speaks when, as Rich Transcription Time Marked: a turn a line, in order of the starts, under the names that the text
 * carries; times and lengths in seconds. Fields have no blanks: they become underscores, and names that would be alike
 * then get a number. UTF-8, `\n`. Source of the format: NIST, "The 2009 (RT-09) Rich Transcription Meeting Recognition
 * Evaluation Plan", appendix A.
 */
export function* rttmOf(document: TranscriptDocument): Generator<string> {
  const file = field(withoutEnding(document.recording.name)) || 'recording';
  const taken = new Set<string>();
  const lines = speakerTalk(document).flatMap(({ speaker, turns }) => {
    const name = freeName(speaker === null ? UNKNOWN : field(speaker) || UNKNOWN, taken);
    return turns.map(({ startMs, endMs }) => ({ startMs, lengthMs: endMs - startMs, name }));
  });
  lines.sort((a, b) => a.startMs - b.startMs);
  for (const { startMs, lengthMs, name } of lines) {
    if (lengthMs <= 0) continue;
    yield `SPEAKER ${file} 1 ${seconds(startMs)} ${seconds(lengthMs)} <NA> <NA> ${name} <NA> <NA>\n`;
  }
}

function field(text: string): string {
  return readableText(text).replace(/\s+/gu, '_');
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}_${number}`;
  taken.add(name);
  return name;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
