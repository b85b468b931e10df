import type { RunningApp } from '../running-app.ts';

/** Samples of a stretch of sound: what came from the player, and what went to the loudspeaker, at the same time. */
export interface HeardSamples {
  readonly player: readonly [readonly number[], readonly number[]];
  readonly speaker: readonly [readonly number[], readonly number[]];
}

type Taps = Record<'player' | 'speaker', [number[], number[]]>;

/** Makes the page record what its Web Audio plays: every sample between the player, and the loudspeaker. */
export async function recordSamples(app: RunningApp): Promise<void> {
  await app.page.evaluate(() => {
    const taps: Taps = { player: [[], []], speaker: [[], []] };
    Object.assign(window, { heardSamples: taps });
    const connect = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => AudioNode;
    const tap = (node: AudioNode, into: [number[], number[]]) => {
      const recorder = (node.context as AudioContext).createScriptProcessor(4096, 2, 2);
      recorder.onaudioprocess = ({ inputBuffer }) => {
        into[0].push(...inputBuffer.getChannelData(0));
        into[1].push(...inputBuffer.getChannelData(1));
      };
      connect.call(node, recorder);
      // Without a way to the loudspeaker it would not run; it plays silence.
      connect.call(recorder, node.context.destination);
    };
    AudioNode.prototype.connect = function connectTapped(this: AudioNode, ...to: unknown[]) {
      if (this instanceof MediaElementAudioSourceNode) tap(this, taps.player);
      else if (to[0] instanceof AudioDestinationNode) tap(this, taps.speaker);
      return connect.apply(this, to);
    } as typeof AudioNode.prototype.connect;
  });
}

/** Forgets what was recorded so far. */
export async function forgetSamples(app: RunningApp): Promise<void> {
  await app.page.evaluate(() => {
    const taps = (window as unknown as { heardSamples: Taps }).heardSamples;
    for (const channels of Object.values(taps)) for (const channel of channels) channel.length = 0;
  });
}

/** What was recorded since. */
export async function heardSamples(app: RunningApp): Promise<HeardSamples> {
  return await app.page.evaluate(() => (window as unknown as { heardSamples: Taps }).heardSamples);
}

/** The root mean square of each frame of 4096 samples. */
export function frameLevels(samples: readonly number[]): number[] {
  return Array.from({ length: Math.floor(samples.length / 4096) }, (_, frame) => {
    const part = samples.slice(frame * 4096, (frame + 1) * 4096);
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
  });
}

/** The highest sample. */
export function peakOf(samples: readonly number[]): number {
  return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
}
