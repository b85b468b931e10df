import type { SpeechSpan } from '../speech/speech-detector.ts';
import { type PlannedWindow, WindowPacker } from '../speech/window-packer.ts';

/** The speech of a channel that became known with one part of it. */
export interface PartSpeech {
  readonly channel: number;
  /** In recording time, in order, within the job's range. */
  readonly spans: readonly SpeechSpan[];
  /** No span of a later part starts before; null at the recording's end. */
  readonly decidedUntilMs: number | null;
}

/** A window of one channel, with its number in that channel. */
export interface ChannelWindow {
  readonly channel: number;
  readonly windowIndex: number;
  readonly window: PlannedWindow;
}

/** Detects the language of a span, if spans may differ in it. */
export type SpanLanguage = (channel: number, span: SpeechSpan) => Promise<string>;

interface ChannelPlanner {
  readonly packer: WindowPacker;
  nextIndex: number;
}

/**
 * Plans a recording's windows as its speech becomes known. Within a part the channels alternate, so that the order too
 * depends only on the recording. `languageOf` is null if all speech has one language.
 */
export async function* planWindows(
  channels: number,
  languageOf: SpanLanguage | null,
  speech: AsyncIterable<PartSpeech>,
): AsyncGenerator<ChannelWindow> {
  const planners = Array.from(
    { length: channels },
    (): ChannelPlanner => ({ packer: new WindowPacker(), nextIndex: 0 }),
  );
  for await (const { channel, spans, decidedUntilMs } of speech) {
    const planner = planners[channel] as ChannelPlanner;
    const { packer } = planner;
    for (const span of spans) {
      const language = languageOf === null ? {} : { language: await languageOf(channel, span) };
      yield* numbered(channel, planner, packer.add({ ...span, ...language }));
    }
    const ended = decidedUntilMs === null ? packer.finish() : packer.advance(decidedUntilMs);
    yield* numbered(channel, planner, ended);
  }
}

function* numbered(
  channel: number,
  planner: ChannelPlanner,
  windows: PlannedWindow[],
): Generator<ChannelWindow> {
  for (const window of windows) {
    yield { channel, windowIndex: planner.nextIndex, window };
    planner.nextIndex += 1;
  }
}
