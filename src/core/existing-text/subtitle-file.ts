import type { TextPassage } from '../../contract/existing-text.ts';
import { normalText } from '../text-alignment/split-words.ts';
import { clockMs, lineParts } from './passages.ts';

const TIMES =
  /^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})/u;

/** The cues of SubRip and WebVTT; none if a text is neither. Tags are left out, a WebVTT voice is the speaker. */
export function cuesOfSubtitles(text: string): TextPassage[] {
  const cues: TextPassage[] = [];
  for (const block of text.split(/\n[ \t]*\n/u)) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => TIMES.test(line));
    const times = TIMES.exec(lines[at] ?? '');
    if (times === null) continue;
    const words = lines.slice(at + 1).join('\n');
    const voice = /<v(?:\.[^\s>]*)?\s+([^>]+)>/u.exec(words)?.[1]?.trim();
    const plain = unescaped(words.replace(/<[^>]*>|\{\\[^}]*\}/gu, ''));
    const named = voice === undefined ? lineParts(plain) : { speaker: voice, text: plain };
    const line = normalText(named.text.replace(/^[-–—]\s+/u, ''));
    if (line === '') continue;
    const [, h1, m1 = '0', s1 = '0', f1, h2, m2 = '0', s2 = '0', f2] = times;
    const startMs = clockMs(h1, m1, s1, f1);
    const endMs = Math.max(startMs, clockMs(h2, m2, s2, f2));
    cues.push({ speaker: named.speaker === '' ? null : named.speaker, text: line, startMs, endMs });
  }
  return cues;
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');
}
