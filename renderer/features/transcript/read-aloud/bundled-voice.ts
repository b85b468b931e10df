import type { SpokenSentence } from '../../../../src/contract/read-aloud.ts';
import { request } from '../../../lib/client.ts';

/** Asks for a sentence as the bundled voice says it. Throws AppErrors. */
export function fetchSentence(text: string, speed: number): Promise<SpokenSentence> {
  return request('readAloud.speak', { text, speed });
}

/**
 * Plays a sentence; `onWord` is called with the range of each word as it is said. Fulfilled at its end, or when `signal` stops it.
 */
export async function playSentence(
  context: AudioContext,
  { samples, sampleRate, words }: SpokenSentence,
  { signal, onWord }: { signal: AbortSignal; onWord: (from: number, to: number) => void },
): Promise<void> {
  const sound = new Int16Array(samples.slice().buffer);
  if (sound.length === 0 || signal.aborted) return;
  const buffer = context.createBuffer(1, sound.length, sampleRate);
  buffer.copyToChannel(
    Float32Array.from(sound, (sample) => sample / 32_768),
    0,
  );
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  await context.resume();
  const startedAt = context.currentTime;
  let told = -1;
  let frame = 0;
  const follow = () => {
    const atMs = (context.currentTime - startedAt) * 1000;
    const index = words.findLastIndex(({ startMs }) => startMs <= atMs);
    const word = words[index];
    if (index !== told && word !== undefined) {
      told = index;
      onWord(word.from, word.to);
    }
    frame = requestAnimationFrame(follow);
  };
  const ended = new Promise<void>((resolve) => {
    source.onended = () => resolve();
  });
  const stop = () => source.stop();
  signal.addEventListener('abort', stop, { once: true });
  source.start();
  follow();
  await ended;
  cancelAnimationFrame(frame);
  signal.removeEventListener('abort', stop);
}
