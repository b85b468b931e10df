import { WhisperModel } from '../native/whisper.ts';
import type { EncoderRun } from './first-words.ts';
import { readWav, SAMPLE_RATE } from './sounds/wav-file.ts';

/**
 * The cost of an encoder run over a full window, in its own process: `node bench/encoder-run.ts MODEL WAV THREADS`.
 * Detecting the language of 30 s is one such run and one step of the decoder. Prints an EncoderRun as JSON, of the second one.
 */

const [modelFile = '', wav = '', threads = '1'] = process.argv.slice(2);
const pcm = readWav(wav).subarray(0, 30 * SAMPLE_RATE);
const model = await WhisperModel.load(modelFile, { flashAttention: true });
const detect = () => model.detectLanguage(pcm, { threads: Number(threads) }).result;
await detect();
const startedAt = performance.now();
await detect();
const result: EncoderRun = { milliseconds: performance.now() - startedAt };
// The engine may have printed what it loaded; the result is the last line.
process.stdout.write(`\n${JSON.stringify(result)}\n`);
process.exit(0);
