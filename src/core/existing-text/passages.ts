import type { TextPassage } from '../../contract/existing-text.ts';
import { normalText } from '../text-alignment/split-words.ts';

/** A time as people write it at the start of a line: 12:03, 0:12:03, 00:12:03.500, in brackets or not. */
const TIME = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?`;
const TIME_FIRST = new RegExp(
  String.raw`^\s*[[(<]?\s*${TIME}\s*(?:[-–—]+>?\s*(?:${TIME})\s*)?[\])>]?\s*[-–—]?\s*(.*)$`,
  'su',
);
const TIME_LAST = new RegExp(String.raw`^(.*?)\s*[[(]\s*${TIME}\s*[\])]\s*(:?)\s*(.*)$`, 'su');

/** A name before a colon: some words that begin with capitals or digits, as "Ms Ortega", "SPEAKER 2", "Q." */
const NAME =
  /^\s*((?:[\p{Lu}\p{Lo}\p{N}][\p{L}\p{M}\p{N}.'’()_-]*)(?:[ \t]+[\p{L}\p{N}][\p{L}\p{M}\p{N}.'’()_-]*){0,4})\s*:(?=\s|$)\s*(.*)$/su;
const LONGEST_NAME = 60;
const CAPITALS = /^[\p{Lu}\p{N}][\p{Lu}\p{N} .'’-]*$/u;

/** The time of day that a clock notation stands for, in milliseconds. */
export function clockMs(
  hours: string | undefined,
  minutes: string,
  seconds: string,
  rest: string | undefined,
): number {
  const fraction = rest === undefined ? 0 : Math.round(Number(`0.${rest}`) * 1000);
  return (Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + fraction;
}

/** A line's time, name and words: each part may be missing. */
export function lineParts(line: string): { startMs: number | null; speaker: string | null; text: string } {
  const timed = TIME_FIRST.exec(line);
  let startMs: number | null = null;
  let rest = line;
  if (timed?.[2] !== undefined && timed[3] !== undefined && /^\s*[[(<]|^\s*\d{1,3}:\d{2}:\d{2}/u.test(line)) {
    startMs = clockMs(timed[1], timed[2], timed[3], timed[4]);
    rest = timed[9] ?? '';
  }
  const named = nameOf(rest);
  if (named !== null) return { startMs, ...named };
  // "Name [00:12:03]" or "Name [00:12:03]:", with the words behind it or in the lines below.
  const late = startMs === null ? TIME_LAST.exec(rest) : null;
  if (late?.[1] !== undefined && late[3] !== undefined && late[4] !== undefined) {
    const name = nameOf(`${late[1].replace(/:\s*$/u, '')}:`);
    if (name !== null) {
      return {
        startMs: clockMs(late[2], late[3], late[4], late[5]),
        speaker: name.speaker,
        text: late[7] ?? '',
      };
    }
  }
  return { startMs, speaker: null, text: rest };
}

function nameOf(text: string): { speaker: string; text: string } | null {
  const [, name, words] = NAME.exec(text) ?? [];
  if (name === undefined || words === undefined || name.length > LONGEST_NAME) return null;
  return { speaker: name, text: words };
}

/**
 * The passages of a text in lines. A name at the start of a line is a speaker if it stands there twice, or with a time, or
 * in capitals among others: a single "Note:" is part of the text. Lines go on with the speaker before them.
 */
export function passagesOfLines(lines: readonly string[]): TextPassage[] {
  const parts = lines.map(lineParts);
  const counts = new Map<string, number>();
  for (const { speaker, startMs } of parts) {
    if (speaker !== null) counts.set(speaker, (counts.get(speaker) ?? 0) + (startMs === null ? 1 : 2));
  }
  const inCapitals = [...counts.keys()].filter((name) => CAPITALS.test(name));
  const isDialogue = inCapitals.length >= 2 || [...counts.values()].some((count) => count >= 2);
  const passages: TextPassage[] = [];
  let speaker: string | null = null;
  let startMs: number | null = null;
  parts.forEach((part, index) => {
    let { text } = part;
    const isSpeaker =
      part.speaker !== null &&
      ((counts.get(part.speaker) ?? 0) >= 2 || (isDialogue && CAPITALS.test(part.speaker)));
    if (isSpeaker) speaker = part.speaker;
    else if (part.speaker !== null)
      text = part.startMs === null ? (lines[index] ?? '') : `${part.speaker}: ${text}`;
    startMs = part.startMs ?? startMs;
    const line = normalText(text);
    if (line === '') return;
    passages.push({ speaker, text: line, startMs, endMs: null });
    startMs = null;
  });
  return passages;
}
