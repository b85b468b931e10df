import type { ChannelWindow } from '../../core/pipeline/plan-windows.ts';
import { windowSpan } from '../../core/pipeline/range-first.ts';

/** When a recording is divided, and into what. */
export interface FlowLimits {
  /** Only a longer one is. */
  readonly longMs: number;
  /** Its windows are about so long. */
  readonly windowMs: number;
}

/**
 * A recording's parts, as the core plans them, in as many groups of about the same length as there are windows in it; each is in one
 * group, in the order of the plan. Groups end where parts do: in pauses, but where somebody speaks for longer than a part can be.
 */
export function dividedParts<Part extends Pick<ChannelWindow, 'window'>>(
  parts: readonly Part[],
  durationMs: number,
  { windowMs }: FlowLimits,
): Part[][] {
  const lengthMs = durationMs / Math.max(1, Math.round(durationMs / windowMs));
  const groups = Map.groupBy(parts, ({ window }) => {
    const { startMs, endMs } = windowSpan(window);
    return Math.floor((startMs + endMs) / 2 / lengthMs);
  });
  return [...groups].toSorted(([a], [b]) => a - b).map(([, group]) => group);
}
