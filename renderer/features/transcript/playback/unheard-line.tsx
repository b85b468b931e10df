import { useEffect, useRef, useState } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { Span } from '../../../../src/contract/audio.ts';
import type { WaveformView } from './waveform-view.ts';

const HEIGHT_PX = 3;

/** What of a recording was not listened to yet, once that is known. */
export type Listened = Pick<
  StoreApi<{ readonly isLoaded: boolean; readonly unheard: readonly Span[] }>,
  'getState' | 'getInitialState' | 'subscribe'
>;

/** A thin line over the waveform where the recording was not listened to yet. What it says is in words in the header. */
export function UnheardLine({
  listened,
  durationMs,
  view,
}: {
  listened: Listened;
  durationMs: number;
  view: WaveformView;
}) {
  const unheard = useStore(listened, (s) => s.unheard);
  const isLoaded = useStore(listened, (s) => s.isLoaded);
  const { totalPx, scrollPx } = useStore(view.store);
  const box = useRef<HTMLDivElement>(null);
  const [framePx, setFramePx] = useState(0);
  useEffect(() => {
    const measured = box.current;
    if (measured === null) return;
    const resized = new ResizeObserver(() => setFramePx(measured.clientWidth));
    resized.observe(measured);
    return () => resized.disconnect();
  }, []);
  const pxPerMs = durationMs === 0 ? 0 : (totalPx ?? framePx) / durationMs;
  const visible = unheard
    .map(({ startMs, endMs }) => ({ from: startMs * pxPerMs - scrollPx, to: endMs * pxPerMs - scrollPx }))
    .filter(({ from, to }) => to > 0 && from < framePx);
  const path = visible
    .map(({ from, to }) => `M${Math.max(0, from)} 0H${Math.max(from + 1, Math.min(framePx, to))}`)
    .join('');
  return (
    <div ref={box} aria-hidden data-unheard={unheard.length} className="mb-0.5 min-w-0 overflow-hidden">
      <svg width={framePx} height={HEIGHT_PX} className="block" role="presentation">
        {isLoaded && <path d={path} strokeWidth={HEIGHT_PX * 2} stroke="var(--warning)" />}
      </svg>
    </div>
  );
}
