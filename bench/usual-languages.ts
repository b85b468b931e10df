import { basename, join } from 'node:path';
import { launchNodeEngine } from '../src/app/jobs/node-engine.ts';
import type { LanguageGuess } from '../src/contract/engine.ts';
import { Engine } from '../src/core/engine/engine.ts';
import { LanguageDecision } from '../src/core/pipeline/language-choice.ts';
import { decodeToWav } from './audio-files.ts';
import type { Report } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { readWav, SAMPLE_RATE } from './sounds/wav-file.ts';
import { readSpeechList, speechFolder } from './speech/speech-list.ts';
import { isWithoutSpeech, languageCode } from './speech/speech-score.ts';
import { makeWorkFolder } from './work-folder.ts';

/** Lengths of the pieces whose language is detected, in seconds, and how many of each are taken from a recording. */
const PIECES = [
  { seconds: 2, most: 3 },
  { seconds: 5, most: 2 },
  { seconds: 10, most: 2 },
] as const;

/** Below this root mean square of samples from -1 to 1 a piece is a pause. */
const PAUSE = 0.0046;

/** Languages that somebody may call usual. */
const CHOICES: readonly (readonly string[])[] = [
  ['en', 'es'],
  ['de', 'en', 'fr'],
  ['de', 'en', 'es', 'fr'],
];

interface Piece {
  readonly language: string;
  readonly seconds: number;
  readonly guesses: readonly LanguageGuess[];
}

/** Wrong languages of pieces, and how many pieces there were. */
interface Wrong {
  wrong: number;
  all: number;
}

/**
 * How often the language of short pieces of real speech is detected wrongly, without usual languages and with them, where the
 * piece is in one of them and where it is not. Null if `VOICESYNC_SPEECH` names no folder.
 */
export async function benchUsualLanguages(settings: BenchSettings): Promise<Report | null> {
  const source = speechFolder();
  if (source === null) return null;
  const recordings = readSpeechList(source)
    .filter((one) => !isWithoutSpeech(one) && !one.language.includes('+'))
    .slice(0, settings.limit ?? undefined);
  const engine = new Engine(launchNodeEngine);
  const pieces: Piece[] = [];
  try {
    using folder = makeWorkFolder();
    for (const [index, recording] of recordings.entries()) {
      settings.tell(`${index + 1} of ${recordings.length}: ${recording.name}`);
      const wav = join(folder.path, 'decoded.wav');
      await decodeToWav(recording.path, wav);
      for (const { seconds, pcm } of piecesOf(readWav(wav))) {
        const guesses = await engine.detectLanguage(settings.model, pcm, settings.threads, {
          shortContext: true,
          signal: new AbortController().signal,
        });
        pieces.push({ language: languageCode(recording), seconds, guesses });
      }
    }
    return reportOf(pieces, recordings.length, engine, settings);
  } finally {
    await engine.close();
  }
}

function* piecesOf(samples: Float32Array): Generator<{ seconds: number; pcm: Int16Array }> {
  for (const { seconds, most } of PIECES) {
    const length = seconds * SAMPLE_RATE;
    for (let at = 0, count = 0; at < samples.length && count < most; at += length) {
      const piece = samples.subarray(at, at + length);
      // The rest at a recording's end is a piece of another length, but a short recording is one as it is.
      if (at > 0 && piece.length < length) break;
      const power = piece.reduce((sum, sample) => sum + sample * sample, 0) / piece.length;
      if (Math.sqrt(power) < PAUSE) continue;
      count += 1;
      yield { seconds, pcm: Int16Array.from(piece, (sample) => Math.round(sample * 32_767)) };
    }
  }
}

function reportOf(
  pieces: readonly Piece[],
  recordings: number,
  engine: Engine,
  { model, threads }: BenchSettings,
): Report {
  const options = { model: { path: model, name: basename(model), sha256: '' }, threads };
  const wrongOf = (chosen: Piece[], usual: readonly string[]): Wrong => {
    const uses = usual.map((language) => ({ language, inMatter: 0, inVault: 0, isChosen: true }));
    const wrong = chosen.filter(({ language, guesses, seconds }) => {
      const decision = new LanguageDecision(engine, options, uses, new AbortController().signal);
      decision.add(guesses, seconds * 1000);
      return decision.best.language !== language;
    });
    return { wrong: wrong.length, all: chosen.length };
  };
  const cell = ({ wrong, all }: Wrong) => `${wrong} of ${all}`;
  const rows = PIECES.flatMap(({ seconds }) =>
    CHOICES.map((usual) => {
      const own = pieces.filter((piece) => piece.seconds === seconds);
      const inside = own.filter(({ language }) => usual.includes(language));
      const outside = own.filter(({ language }) => !usual.includes(language));
      return [
        `${seconds} s, usual: ${usual.join(', ')}`,
        ...[wrongOf(inside, []), wrongOf(inside, usual), wrongOf(outside, []), wrongOf(outside, usual)].map(
          cell,
        ),
      ];
    }),
  );
  return {
    title: `Usual languages: ${recordings} recordings, ${basename(model)}, threads: ${threads}`,
    tables: [
      {
        title: 'Pieces of speech whose language was detected wrongly',
        header: ['pieces', 'in a usual one, before', 'with', 'in another, before', 'with'],
        rows,
      },
    ],
    notes: [],
    claims: [],
  };
}
