import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TextPassage } from '../src/contract/existing-text.ts';
import { alignText } from '../src/core/existing-text/align-text.ts';
import type { HeardWord } from '../src/core/existing-text/text-words.ts';
import { TranscriptFile } from '../src/core/export/transcript-file.ts';
import { commonPairs } from '../src/core/text-alignment/common-words.ts';
import { soundOf } from '../src/core/text-alignment/split-words.ts';
import type { Report } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { readSpeechList, type SpeechRecording, speechFolder } from './speech/speech-list.ts';
import { isScored, languageCode } from './speech/speech-score.ts';
import { percentile } from './statistics.ts';
import { runVoiceSync } from './voicesync.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

/** Each so many words one is another one: as a typist mistypes, or a reader says otherwise. */
const WRONG_EVERY = 15;
/** Words of a stretch that is left out, or put in. */
const STRETCH = 12;
/** A quiet second between recordings that are put together. */
const BETWEEN_MS = 1_000;
/** Words that no recording of the list says. */
const NEVER_SAID =
  'quagmire xylophones pirouette zealously beneath vermilion kaleidoscopes whilst juggling effervescent marzipan trapezoids';

/** What is said in one language: its true text, and the words that the engine heard. */
interface Speech {
  readonly language: string;
  readonly reference: string[];
  readonly heard: HeardWord[];
  readonly durationMs: number;
}

/**
 * Aligns the true texts of real recordings, put together by language, with planted errors: wrong words, a stretch left out, one put
 * in that nobody said. Null if `VOICESYNC_SPEECH` names no folder.
 */
export async function benchAlign(settings: BenchSettings): Promise<Report | null> {
  const source = speechFolder();
  if (source === null) return null;
  using folder = makeWorkFolder();
  const recordings = readSpeechList(source)
    .filter((recording) => isScored(recording) && !recording.language.includes('+'))
    .slice(0, settings.limit ?? undefined);
  const speeches = new Map<string, Speech>();
  for (const [index, recording] of recordings.entries()) {
    settings.tell(`${index + 1} of ${recordings.length}: ${recording.name}`);
    const language = languageCode(recording);
    if (language === '') continue;
    speeches.set(language, await joined(speeches.get(language), recording, language, folder, settings));
  }
  const long = [...speeches.values()].filter(({ durationMs }) => durationMs >= 20_000);
  const results = long.map(measured);
  const found =
    results.reduce((sum, { found: own }) => sum + own, 0) /
    results.reduce((sum, { words }) => sum + words, 0);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const errors = results.flatMap(({ errorsMs }) => errorsMs);
  const stretches = results.filter(
    ({ isPutInFlagged, isLeftOutFlagged }) => isPutInFlagged && isLeftOutFlagged,
  );
  return {
    title: 'Aligning an existing text',
    tables: [
      {
        title: 'True texts with planted errors, put together by language',
        header: [
          'language',
          'length',
          'words',
          'found',
          'unplanted',
          'median error',
          '95th',
          'put in',
          'left out',
          'other flags',
        ],
        rows: results.map((one) => [
          ...[
            one.language,
            `${Math.round(one.durationMs / 1000)} s`,
            String(one.words),
            percent(one.found / one.words),
          ],
          percent(one.plainFound),
          errorAt(one.errorsMs, 50),
          errorAt(one.errorsMs, 95),
          ...[
            one.isPutInFlagged ? 'flagged' : 'MISSED',
            one.isLeftOutFlagged ? 'flagged' : 'MISSED',
            String(one.otherFlags),
          ],
        ]),
      },
    ],
    notes: [
      `Planted: every ${WRONG_EVERY}th word is another one, ${STRETCH} words are left out and ${STRETCH} that nobody says put in. “unplanted”: the share found of the text as it is.`,
      'Found words have the engine’s own times. Errors are those of the wrong words, against when the engine heard the right ones.',
      'Flags besides the planted ones are places where the engine itself misheard or left out some words in a row.',
    ],
    claims: [
      {
        what: 'words found of texts with planted errors',
        target: '≥ 75 %',
        measured: percent(found),
        isKept: found >= 0.75,
      },
      {
        what: 'median error of words that were not found',
        target: '≤ 300 ms',
        measured: `${Math.round(percentile(errors, 50))} ms`,
        isKept: percentile(errors, 50) <= 300,
      },
      {
        what: 'languages in which both planted stretches are flagged',
        target: 'all',
        measured: `${stretches.length} of ${results.length}`,
        isKept: stretches.length === results.length,
      },
    ],
  };
}

/** A percentile of errors in words; a dash where no planted word was heard rightly. */
function errorAt(errorsMs: readonly number[], percent: number): string {
  return errorsMs.length === 0 ? '–' : `${Math.round(percentile(errorsMs, percent))} ms`;
}

async function joined(
  before: Speech | undefined,
  recording: SpeechRecording,
  language: string,
  folder: WorkFolder,
  { threads, model }: BenchSettings,
): Promise<Speech> {
  const out = folder.makeNew('out');
  const options = [
    '--model',
    model,
    '--language',
    language,
    '--threads',
    String(threads),
    '--speakers',
    'none',
  ];
  await runVoiceSync(['transcribe', recording.path, ...options, '--out', out, '--format', 'json', '--json'], {
    home: folder.makeNew('home'),
  });
  const file = join(out, `${basename(recording.path).replace(/\.[^.]+$/, '')}.json`);
  const fromMs = before === undefined ? 0 : before.durationMs + BETWEEN_MS;
  const { segments } = TranscriptFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const words = segments.flatMap((segment) => segment.words);
  const heard = words.map(
    ({ text, startMs, endMs }): HeardWord => ({
      ...{ text, startMs: startMs + fromMs, endMs: endMs + fromMs, channel: 0, speaker: null, language },
    }),
  );
  return {
    language,
    reference: [...(before?.reference ?? []), ...recording.reference.trim().split(/\s+/u)],
    heard: [...(before?.heard ?? []), ...heard],
    durationMs: fromMs + Math.round(recording.seconds * 1000),
  };
}

function measured({ language, reference, heard, durationMs }: Speech) {
  const sound = { heard, durationMs, language };
  const pairs = commonPairs(
    reference.map((word) => soundOf(word)),
    heard.map(({ text }) => soundOf(text)),
    { keyOf: (word) => word },
  );
  const heardAt = new Map(pairs.map(([word, at]) => [word, heard[at]?.startMs ?? 0]));
  const [leftOut, putIn] = [Math.floor(reference.length / 3), Math.floor((2 * reference.length) / 3)];
  const planted: { text: string; from: number | null }[] = [];
  for (const [index, text] of reference.entries()) {
    if (index === putIn) for (const word of NEVER_SAID.split(' ')) planted.push({ text: word, from: null });
    if (index >= leftOut && index < leftOut + STRETCH) continue;
    const isWrong = index % WRONG_EVERY === 7;
    planted.push({ text: isWrong ? `${text.slice(0, 1)}ozwq` : text, from: index });
  }
  const passage = (text: string) => TextPassage.parse({ speaker: null, text, startMs: null, endMs: null });
  const plain = alignText([passage(reference.join(' '))], sound);
  const { segments, fit, notInText } = alignText([passage(planted.map(({ text }) => text).join(' '))], sound);
  const words = segments.flatMap(({ segment }) =>
    segment.words.map((word) => ({ word, flags: segment.flags })),
  );
  const errorsMs: number[] = [];
  let at = 0;
  for (const { text, from } of planted) {
    const place = words.findIndex(({ word }, index) => index >= at && word.text === text);
    if (place < 0) continue;
    at = place + 1;
    const trueMs = from === null ? undefined : heardAt.get(from);
    if (text.endsWith('ozwq') && trueMs !== undefined)
      errorsMs.push(Math.abs((words[place]?.word.startMs ?? 0) - trueMs));
  }
  const flagged = words.filter(({ flags }) => flags.includes('notHeard')).map(({ word }) => word.text);
  const missing = Array.from({ length: STRETCH }, (_, index) => heardAt.get(leftOut + index)).filter(
    (ms) => ms !== undefined,
  );
  const isLeftOut = ({ startMs, endMs }: { startMs: number; endMs: number }) =>
    missing.some((ms) => ms >= startMs && ms <= endMs);
  const isPutInFlagged = NEVER_SAID.split(' ').filter((word) => flagged.includes(word)).length >= STRETCH / 2;
  const isLeftOutFlagged = notInText.some(isLeftOut);
  const otherFlags =
    fit.notHeard - (isPutInFlagged ? 1 : 0) + notInText.filter((range) => !isLeftOut(range)).length;
  return {
    ...{ language, durationMs, errorsMs, isPutInFlagged, isLeftOutFlagged, otherFlags },
    words: fit.words - STRETCH,
    found: fit.foundWords,
    plainFound: plain.fit.foundWords / plain.fit.words,
  };
}
