import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decodeToWav, encodeOpus } from '../audio-files.ts';
import { pinkNoise } from '../sounds/made-sounds.ts';
import { joined, readWav, SAMPLE_RATE, writeWav } from '../sounds/wav-file.ts';
import type { WorkFolder } from '../work-folder.ts';
import { readSpeechList, speechFolder } from './speech-list.ts';
import { isScored, isWithoutSpeech, languageCode } from './speech-score.ts';

/** The bundled samples, for machines without a folder of real speech. */
const SAMPLES = join(import.meta.dirname, '..', '..', 'resources', 'samples');

/** A recording in English, joined from several, for timing. */
export interface JoinedSpeech {
  /** Absolute; Opus. */
  readonly path: string;
  readonly seconds: number;
  /** The reference text, or null if the pieces' texts are unknown. */
  readonly reference: string | null;
}

/** How recordings are joined. */
export interface JoinedRequest {
  /** Minimum duration. */
  readonly seconds: number;
  /** After each piece a pause of the same duration, with room noise; else continuous speech. */
  readonly pauses: boolean;
  readonly seed: number;
}

/**
 * Joins the English recordings of `VOICESYNC_SPEECH` whose texts are known, each text once, repeated until it is
 * long enough; without such a folder the bundled English samples.
 */
export async function joinSpeech(folder: WorkFolder, request: JoinedRequest): Promise<JoinedSpeech> {
  const sources = englishSources();
  const pieces: Float32Array[] = [];
  const texts: (string | null)[] = [];
  const wav = join(folder.path, 'piece.wav');
  const wanted = request.seconds * SAMPLE_RATE;
  let length = 0;
  while (length < wanted) {
    for (const { path, text } of sources) {
      if (length >= wanted) break;
      await decodeToWav(path, wav);
      const piece = readWav(wav);
      const pause = request.pauses
        ? roomSound(piece.length, request.seed + pieces.length)
        : new Float32Array();
      pieces.push(piece, pause);
      texts.push(text);
      length += piece.length + pause.length;
    }
  }
  const joinedWav = join(folder.path, 'joined.wav');
  writeWav(joinedWav, joined(pieces));
  const path = join(folder.makeNew('joined'), request.pauses ? 'with-pauses.opus' : 'dense.opus');
  await encodeOpus(joinedWav, path);
  return {
    ...{ path, seconds: length / SAMPLE_RATE },
    reference: texts.includes(null) ? null : texts.join(' '),
  };
}

function englishSources(): { path: string; text: string | null }[] {
  const source = speechFolder();
  if (source === null) {
    const samples = readdirSync(SAMPLES).filter((name) => /-en\.(m4a|ogg|wav|mp3|flac)$/.test(name));
    return samples.toSorted().map((name) => ({ path: join(SAMPLES, name), text: null }));
  }
  const english = readSpeechList(source).filter(
    (one) => isScored(one) && !isWithoutSpeech(one) && languageCode(one) === 'en',
  );
  if (english.length === 0) throw new Error(`${source} has no English recording whose text is known`);
  const byText = new Map(english.map(({ path, reference }) => [reference, path]));
  return [...byText].map(([text, path]) => ({ path, text }));
}

/** Room noise, at about −65 dB: digital silence would be too easy to detect. */
function roomSound(length: number, seed: number): Float32Array {
  return pinkNoise(length, seed).map((sample) => sample * 0.03);
}
