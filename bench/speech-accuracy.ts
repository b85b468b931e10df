import { basename } from 'node:path';
import { totalErrors } from './align-words.ts';
import type { Claim, Report, Table } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { heardByVoiceSync } from './speech/heard-by-voicesync.ts';
import { type SpeechFigures, speechFigures } from './speech/speech-figures.ts';
import { readSpeechList, type SpeechRecording, speechFolder } from './speech/speech-list.ts';
import { isScored, languageCode, type SpeechScore, scoreOf } from './speech/speech-score.ts';
import { searchFlags, textOfWhisperCli, transcribeWithWhisperCli } from './whisper-cli.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

const PEER_BEAM_SIZE = 5;

/** One recording as both transcribed it; `theirs` is null if VoiceSync ran alone. */
interface Heard {
  readonly recording: SpeechRecording;
  readonly ours: Side;
  readonly theirs: Side | null;
}

interface Side {
  readonly score: SpeechScore;
  readonly language: string | null;
}

/**
 * Words and languages on recordings of real people, with the bundled model and no language given, beside
 * whisper-cli on the same file. Null if `VOICESYNC_SPEECH` names no folder.
 */
export async function benchSpeechAccuracy(settings: BenchSettings): Promise<Report | null> {
  const source = speechFolder();
  if (source === null) return null;
  using folder = makeWorkFolder();
  const recordings = readSpeechList(source)
    .filter(isScored)
    .slice(0, settings.limit ?? undefined);
  const heard: Heard[] = [];
  for (const [index, recording] of recordings.entries()) {
    settings.tell(`${index + 1} of ${recordings.length}: ${recording.name}`);
    heard.push(await hear(recording, folder, settings));
  }
  return reportOf(heard, settings);
}

async function hear(recording: SpeechRecording, folder: WorkFolder, settings: BenchSettings): Promise<Heard> {
  const ours = await heardByVoiceSync(recording.path, folder, settings);
  const side = (text: typeof ours): Side => ({ score: scoreOf(recording, text), language: text.language });
  if (settings.isAlone) return { recording, ours: side(ours), theirs: null };
  const out = folder.make('whisper-cli');
  await transcribeWithWhisperCli({
    ...{ recording: recording.path, folder: out, language: 'auto', threads: settings.threads },
    ...{ model: settings.model, flags: searchFlags(PEER_BEAM_SIZE) },
  });
  return { recording, ours: side(ours), theirs: side(textOfWhisperCli(out)) };
}

function reportOf(heard: readonly Heard[], settings: BenchSettings): Report {
  const ours = speechFigures(heard.map((one) => one.ours.score));
  const theirs = settings.isAlone ? null : speechFigures(heard.flatMap((one) => one.theirs?.score ?? []));
  return {
    title: `Accuracy on real speech: ${heard.length} recordings, ${basename(settings.model)}, threads: ${settings.threads}`,
    tables: [recordingTable(heard), languageTable(heard, ours, theirs)],
    notes: [
      `VoiceSync: --language auto, all else as it comes. whisper-cli: ffmpeg to 16 kHz mono, then -l auto ${searchFlags(PEER_BEAM_SIZE).join(' ')}.`,
      'Words after a plain normalisation; characters in Chinese, Japanese, Korean and Thai.',
    ],
    claims: claimsOf(heard, ours, theirs),
  };
}

function recordingTable(heard: readonly Heard[]): Table {
  const cells = (side: Side | null) => {
    if (side === null) return ['–', '–', '–'];
    const { errors, said, heard: written, isLanguageRight } = side.score;
    const kinds = `${errors.substitutions}/${errors.deletions}/${errors.insertions}`;
    if (isLanguageRight === null) return [`${written} invented`, '–', side.language ?? '–'];
    return [kinds, percent(totalErrors(errors) / Math.max(1, said)), side.language ?? '–'];
  };
  return {
    title: 'Each recording: substituted/missing/invented words, error rate, language told',
    header: ['recording', 'language', 'words', 'VoiceSync', '', '', 'whisper-cli', '', ''],
    rows: heard.map(({ recording, ours, theirs }) => [
      ...[recording.name, languageCode(recording) || '–', String(ours.score.said)],
      ...cells(ours),
      ...cells(theirs),
    ]),
  };
}

function languageTable(heard: readonly Heard[], ours: SpeechFigures, theirs: SpeechFigures | null): Table {
  const row = (name: string, own: SpeechFigures, peer: SpeechFigures | null) => [
    ...[name, String(own.withSpeech), String(own.said), percent(own.errorRate)],
    ...[peer === null ? '–' : percent(peer.errorRate), `${own.rightLanguages}/${own.withSpeech}`],
    peer === null ? '–' : `${peer.rightLanguages}/${peer.withSpeech}`,
  ];
  const byLanguage = Map.groupBy(
    heard.filter(({ ours: { score } }) => score.isLanguageRight !== null),
    ({ recording }) => languageCode(recording),
  );
  const figuresOf = (group: readonly Heard[], side: 'ours' | 'theirs') =>
    speechFigures(group.flatMap((one) => one[side]?.score ?? []));
  return {
    title: 'Each language, and pooled: word error rate and languages found',
    header: ['language', 'recordings', 'words', 'VoiceSync', 'whisper-cli', 'found', 'by whisper-cli'],
    rows: [
      ...[...byLanguage]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([language, group]) =>
          row(language, figuresOf(group, 'ours'), theirs === null ? null : figuresOf(group, 'theirs')),
        ),
      row('pooled', ours, theirs),
    ],
  };
}

function claimsOf(heard: readonly Heard[], ours: SpeechFigures, theirs: SpeechFigures | null): Claim[] {
  const invented: Claim = {
    what: `words where nobody speaks${theirs === null ? '' : `; whisper-cli: ${theirs.invented}`}`,
    target: '0',
    measured: String(ours.invented),
    isKept: ours.invented === 0,
  };
  if (theirs === null) return [invented];
  const wrongAlone = heard.filter(
    (one) => one.ours.score.isLanguageRight === false && one.theirs?.score.isLanguageRight === true,
  );
  return [
    {
      what: 'pooled word error rate, against whisper-cli',
      target: `at most ${percent(theirs.errorRate)}`,
      measured: percent(ours.errorRate),
      isKept: ours.errorRate <= theirs.errorRate,
    },
    {
      what: 'languages wrong that whisper-cli gets right',
      target: '0',
      measured: [wrongAlone.length, ...wrongAlone.map(({ recording }) => recording.name)].join(' '),
      isKept: wrongAlone.length === 0,
    },
    invented,
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
