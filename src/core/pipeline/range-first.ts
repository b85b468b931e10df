import { PART_MS, type Span } from '../../contract/audio.ts';
import type { PlannedWindow } from '../speech/window-packer.ts';
import type { ChannelWindow } from './plan-windows.ts';

/** A window that starts this long after a range was planned after all windows, of every channel, that overlap it. */
const PLANNED_BEHIND_MS = 5 * 60_000 + 2 * PART_MS;

/** A window, and whether it belongs to the range transcribed first. */
export interface OrderedWindow extends ChannelWindow {
  readonly first: boolean;
}

/**
 * Yields the windows that overlap the range before all others, else keeps their order. The plan itself is unchanged: its
 * windows, and so their words, are the same as without a range.
 */
export async function* rangeFirst(
  plan: AsyncGenerator<ChannelWindow>,
  range: Span | null,
): AsyncGenerator<OrderedWindow> {
  const later: ChannelWindow[] = [];
  if (range !== null) {
    for (;;) {
      const next = await plan.next();
      if (next.done) break;
      const { startMs, endMs } = windowSpan(next.value.window);
      if (startMs < range.endMs && endMs > range.startMs) yield { ...next.value, first: true };
      else later.push(next.value);
      if (startMs >= range.endMs + PLANNED_BEHIND_MS) break;
    }
  }
  for (const window of later) yield { ...window, first: false };
  for await (const window of plan) yield { ...window, first: false };
}

/** From the start of a window's first piece to the end of its last, in the recording's time. */
export function windowSpan({ pieces }: Pick<PlannedWindow, 'pieces'>): Span {
  const [first] = pieces;
  const last = pieces.at(-1);
  return {
    startMs: first?.recordingStartMs ?? 0,
    endMs: last === undefined ? 0 : last.recordingStartMs + last.durationMs,
  };
}
