import { basename, join } from 'node:path';
import { decodeToWav } from './audio-files.ts';
import type { Report } from './report.ts';
import type { BenchSettings } from './settings.ts';
import { madeSounds, ringTones } from './sounds/made-sounds.ts';
import { joined, readWav, SAMPLE_RATE, writeWav } from './sounds/wav-file.ts';
import { heardByVoiceSync } from './speech/heard-by-voicesync.ts';
import { readSpeechList, speechFolder } from './speech/speech-list.ts';
import {
  type HeardText,
  isScored,
  isWithoutSpeech,
  languageCode,
  normalWords,
} from './speech/speech-score.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

const SOUND_SECONDS = 45;
const RINGING_SECONDS = 20;

/** Audio without speech must produce no words, and must not decide the language of what follows. */
export async function benchSoundsAccuracy(settings: BenchSettings): Promise<Report> {
  using folder = makeWorkFolder();
  const rows: { name: string; heard: HeardText; words: string[] }[] = [];
  for (const { name, samples } of madeSounds(SOUND_SECONDS, settings.seed)) {
    settings.tell(name);
    const file = join(folder.path, 'sound.wav');
    writeWav(file, samples);
    const heard = await heardByVoiceSync(file, folder, settings);
    rows.push({ name, heard, words: normalWords(heard.text, 'en') });
  }
  settings.tell('ring tones before Spanish');
  const spanish = await spanishAfterRinging(folder, settings);
  const invented = rows.reduce((sum, { words }) => sum + words.length, 0);
  return {
    title: `Sounds without speech, ${basename(settings.model)}, threads: ${settings.threads}`,
    tables: [
      {
        title: `Words heard in ${SOUND_SECONDS} s of each`,
        header: ['sound', 'words'],
        rows: rows.map(({ name, words }) => [name, String(words.length)]),
      },
    ],
    notes: rows.flatMap(({ name, heard, words }) =>
      words.length === 0 ? [] : [`${name}: ${heard.text.trim()}`],
    ),
    claims: [
      {
        what: 'words in sounds without speech',
        target: '0',
        measured: String(invented),
        isKept: invented === 0,
      },
      ...(spanish === null
        ? []
        : [
            {
              what: `language of ${RINGING_SECONDS} s of ring tones before Spanish`,
              target: 'es',
              measured: spanish.language ?? 'none',
              isKept: spanish.language === 'es',
            },
          ]),
    ],
  };
}

/** Null if there is no folder of real speech, or no Spanish in it. */
async function spanishAfterRinging(folder: WorkFolder, settings: BenchSettings): Promise<HeardText | null> {
  const source = speechFolder();
  if (source === null) return null;
  const spanish = readSpeechList(source).find(
    (one) => isScored(one) && !isWithoutSpeech(one) && languageCode(one) === 'es',
  );
  if (spanish === undefined) return null;
  const decoded = join(folder.path, 'spanish.wav');
  await decodeToWav(spanish.path, decoded);
  const file = join(folder.path, 'ringing-before-spanish.wav');
  writeWav(file, joined([ringTones(RINGING_SECONDS * SAMPLE_RATE, [425], 1, 5), readWav(decoded)]));
  return await heardByVoiceSync(file, folder, settings);
}
