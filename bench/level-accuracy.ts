import { basename, join } from 'node:path';
import { alignReference, countErrors, totalErrors } from './align-words.ts';
import { changeLevel, type LevelChange } from './audio-files.ts';
import type { Report } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { heardByVoiceSync } from './speech/heard-by-voicesync.ts';
import { readSpeechList, type SpeechRecording, speechFolder } from './speech/speech-list.ts';
import { isScored, isWithoutSpeech, languageCode, normalWords, scoreOf } from './speech/speech-score.ts';
import { makeWorkFolder } from './work-folder.ts';

/** One word in fifty. */
const TARGET_SHARE = 0.02;

// Integer samples raised by 20 dB would clip.
const CHANGES: readonly LevelChange[] = [
  ...[40, 20, -20, -40].map((decibels): LevelChange => ({ decibels, offset: 0, codec: 'pcm_f32le' })),
  ...[-20, -40].map((decibels): LevelChange => ({ decibels, offset: 0, codec: 'pcm_s24le' })),
  { decibels: 0, offset: 0.05, codec: 'pcm_f32le' },
  { decibels: -20, offset: 0.05, codec: 'pcm_s24le' },
];

/** The difference of changed recordings' words from the unchanged ones', all recordings together. */
interface Changed {
  readonly change: LevelChange;
  /** Words of the unchanged recordings' transcripts, and how many of them differ. */
  words: number;
  differences: number;
  languages: number;
  /** Word errors against the reference, of the changed recordings and of the unchanged ones. */
  errors: number;
  errorsBefore: number;
  worst: { readonly name: string; readonly differences: number };
}

/**
 * Whether words depend on a recording's level: each recording of the folder with speech, raised, lowered and with a DC
 * offset, against itself. Null if `VOICESYNC_SPEECH` names no folder.
 */
export async function benchLevelAccuracy(settings: BenchSettings): Promise<Report | null> {
  const source = speechFolder();
  if (source === null) return null;
  using folder = makeWorkFolder();
  const recordings = readSpeechList(source)
    .filter((one) => isScored(one) && !isWithoutSpeech(one))
    .slice(0, settings.limit ?? undefined);
  const all = CHANGES.map((change): Changed => {
    const none = { words: 0, differences: 0, languages: 0, errors: 0, errorsBefore: 0 };
    return { change, ...none, worst: { name: '–', differences: 0 } };
  });
  for (const [index, recording] of recordings.entries()) {
    settings.tell(`${index + 1} of ${recordings.length}: ${recording.name}`);
    const before = await heardByVoiceSync(recording.path, folder, settings);
    for (const changed of all) {
      const file = join(folder.path, 'changed.wav');
      await changeLevel(recording.path, file, changed.change);
      const after = await heardByVoiceSync(file, folder, settings);
      add(changed, recording, { before, after });
    }
  }
  return reportOf(all, recordings.length, settings);
}

function add(
  changed: Changed,
  recording: SpeechRecording,
  { before, after }: Record<'before' | 'after', Parameters<typeof scoreOf>[1]>,
): void {
  const words = normalWords(before.text, languageCode(recording));
  const steps = alignReference(words, normalWords(after.text, languageCode(recording)));
  const differences = totalErrors(countErrors(steps));
  changed.words += words.length;
  changed.differences += differences;
  changed.languages += before.language === after.language ? 0 : 1;
  changed.errors += totalErrors(scoreOf(recording, after).errors);
  changed.errorsBefore += totalErrors(scoreOf(recording, before).errors);
  if (differences > changed.worst.differences) changed.worst = { name: recording.name, differences };
}

function reportOf(all: readonly Changed[], recordings: number, { threads, model }: BenchSettings): Report {
  return {
    title: `Levels: ${recordings} recordings with speech, ${basename(model)}, threads: ${threads}`,
    tables: [
      {
        title: 'Words that differ from those of the unchanged recording, and errors against what was said',
        header: [
          'change',
          'words',
          'differ',
          'share',
          'other language',
          'errors',
          'unchanged',
          'farthest',
          '',
        ],
        rows: all.map((one) => [
          ...[nameOf(one.change), String(one.words), String(one.differences), percent(shareOf(one))],
          ...[String(one.languages), String(one.errors), String(one.errorsBefore)],
          ...[one.worst.name, String(one.worst.differences)],
        ]),
      },
    ],
    notes: [],
    claims: all.map((one) => ({
      what: `words that differ: ${nameOf(one.change)}`,
      target: `at most ${percent(TARGET_SHARE)}`,
      measured: percent(shareOf(one)),
      isKept: shareOf(one) <= TARGET_SHARE,
    })),
  };
}

function shareOf({ differences, words }: Changed): number {
  return words === 0 ? 0 : differences / words;
}

function nameOf({ decibels, offset, codec }: LevelChange): string {
  const format = codec === 'pcm_f32le' ? '32-bit float' : '24-bit';
  const level = decibels === 0 ? [] : [`${decibels > 0 ? '+' : '−'}${Math.abs(decibels)} dB`];
  return [...level, ...(offset === 0 ? [] : [`${offset * 100} % DC`]), format].join(', ');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
