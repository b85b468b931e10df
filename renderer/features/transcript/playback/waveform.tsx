import { useEffect, useRef } from 'react';
import type WaveSurfer from 'wavesurfer.js';
import { request } from '../../../lib/client.ts';
import { cspNonce } from '../../../lib/csp-nonce.ts';
import { presentColours, watchTheme } from './theme-colours.ts';
import type { WaveformView } from './waveform-view.ts';

/** Zoom levels of the waveform in pixels per second; 0 shows the whole recording. */
export const ZOOM_STEPS = [0, 4, 12, 30, 80, 200] as const;

const HEIGHT = 56;

/** Buckets of the whole recording: more than any window is wide. */
const WHOLE_BUCKETS = 4000;

/** The recording's waveform: a click or a drag moves the playhead. For the keyboard there is the slider beside it. */
export function Waveform({
  recordingId,
  media,
  durationMs,
  zoom,
  view,
  label,
}: {
  recordingId: string;
  /** The player: the waveform follows its playhead, and moves it. */
  media: HTMLAudioElement;
  durationMs: number;
  /** Index in `ZOOM_STEPS`. */
  zoom: number;
  /** Is told what is shown. */
  view: WaveformView;
  label: string;
}) {
  const container = useRef<HTMLDivElement>(null);
  const shown = useRef<WaveSurfer | null>(null);
  const pixels = useRef<number>(ZOOM_STEPS[0]);
  pixels.current = ZOOM_STEPS[zoom] ?? 0;

  const bucketMs = bucketFor(ZOOM_STEPS[zoom] ?? 0, durationMs);
  const finest = useFinest(bucketMs, media);
  useEffect(() => {
    let isGone = false;
    const draw = async () => {
      const [{ default: Drawing }, { channels }] = await Promise.all([
        import('wavesurfer.js'),
        request('transcripts.peaks', { recordingId, bucketMs: finest }),
      ]);
      const element = container.current;
      if (isGone || element === null || durationMs === 0) return;
      const before = shown.current;
      const scroll = before?.getScroll() ?? 0;
      before?.destroy();
      const drawn = Drawing.create({
        container: element,
        media,
        peaks: outlineOf(channels),
        duration: durationMs / 1000,
        height: HEIGHT,
        ...coloursOf(element),
        cursorWidth: 2,
        barWidth: 2,
        barGap: 1,
        barRadius: 1,
        minPxPerSec: pixels.current,
        autoScroll: true,
        autoCenter: true,
        dragToSeek: { debounceTime: 60 },
        cspNonce: cspNonce(),
      });
      const tellView = () => view.show(drawn);
      for (const event of ['scroll', 'zoom', 'redraw', 'redrawcomplete'] as const) drawn.on(event, tellView);
      drawn.once('redrawcomplete', () => {
        drawn.setScroll(scroll);
        // While paused it gets no events, and draws its cursor at the beginning.
        media.dispatchEvent(new Event('timeupdate'));
      });
      shown.current = drawn;
    };
    // Without peaks the recording plays all the same.
    draw().catch(() => undefined);
    return () => {
      isGone = true;
    };
  }, [recordingId, media, durationMs, finest, view]);

  useEffect(
    () => () => {
      shown.current?.destroy();
      shown.current = null;
      view.show(null);
    },
    [view],
  );

  useEffect(() => {
    shown.current?.zoom(ZOOM_STEPS[zoom] ?? 0);
  }, [zoom]);

  useEffect(() => {
    if (container.current === null) return;
    // By itself it redraws a moment later, and has the wrong width until then.
    const resized = new ResizeObserver(() => shown.current?.setOptions({}));
    resized.observe(container.current);
    return () => resized.disconnect();
  }, []);

  useEffect(() => {
    const recolour = () => {
      if (container.current !== null) shown.current?.setOptions(coloursOf(container.current));
    };
    return watchTheme(recolour);
  }, []);

  return (
    <div
      ref={container}
      role="img"
      aria-label={label}
      className="vs-wave min-w-0"
      style={{ minHeight: HEIGHT }}
    />
  );
}

/** Duration of a bucket at this many pixels per second: two per pixel, if such short ones exist. */
function bucketFor(pixelsPerSecond: number, durationMs: number): number {
  return pixelsPerSecond === 0 ? Math.max(1, durationMs / WHOLE_BUCKETS) : 500 / pixelsPerSecond;
}

/** The shortest duration requested since the recording was opened: finer peaks serve every other zoom. */
function useFinest(bucketMs: number, media: HTMLAudioElement): number {
  const finest = useRef({ media, bucketMs });
  if (finest.current.media !== media || bucketMs < finest.current.bucketMs)
    finest.current = { media, bucketMs };
  return finest.current.bucketMs;
}

/** The highest and the lowest samples of all channels together, from -1 to 1: two rows for one outline. */
function outlineOf(channels: readonly Uint8Array[]): Float32Array[] {
  const length = Math.max(0, ...channels.map((channel) => channel.length >> 1));
  const high = new Float32Array(length);
  const low = new Float32Array(length);
  for (const bytes of channels) {
    const peaks = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let bucket = 0; bucket < peaks.length >> 1; bucket += 1) {
      low[bucket] = Math.min(low[bucket] as number, (peaks[bucket * 2] as number) / 128);
      high[bucket] = Math.max(high[bucket] as number, (peaks[bucket * 2 + 1] as number) / 128);
    }
  }
  return [high, low];
}

function coloursOf(element: HTMLElement): { waveColor: string; progressColor: string; cursorColor: string } {
  const [waveColor = '', progressColor = '', cursorColor = ''] = presentColours(element, [
    'var(--line-strong)',
    'var(--accent)',
    'var(--ink)',
  ]);
  return { waveColor, progressColor, cursorColor };
}
