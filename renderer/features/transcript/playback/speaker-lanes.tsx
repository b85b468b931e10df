import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { SpeakerLane } from '../../../../src/contract/speakers.ts';
import { speakerColour } from '../../../lib/speaker-colours.ts';
import { clock } from '../document/clock.ts';
import { heightOf, type LaneColours, PITCH_PX, ROW_PX, useLaneCanvas } from './lane-canvas.ts';
import { LaneRows, type LaneTurn } from './lane-rows.ts';
import type { WaveformView } from './waveform-view.ts';

/** The pointer tells of a turn from this many pixels away. */
const NEAR_PX = 2;

/** A click into a turn that is wider than this plays from the pointer on, else from the turn's start. */
const WIDE_PX = 16;

interface SpeakerLanesProps {
  readonly lanes: readonly SpeakerLane[];
  /** The speakers in the order of their colours. */
  readonly speakers: readonly string[];
  readonly durationMs: number;
  readonly view: WaveformView;
  /** The playhead's time. */
  readonly now: () => number;
  /** Plays from a time. */
  readonly onPlay: (timeMs: number) => void;
}

/**
 * Who speaks when, a coloured row for each speaker over the waveform, drawn on one canvas. The pointer is told whose turn is
 * under it; for the keyboard the turns are the options of a list, of which only the active one is in the page.
 */
export function SpeakerLanes(props: SpeakerLanesProps) {
  const { speakers } = props;
  const lanes = useMemo(() => inTheirOrder(props.lanes, speakers), [props.lanes, speakers]);
  const rows = useMemo(() => new LaneRows(lanes), [lanes]);
  // One person alone is not told apart from anybody.
  if (rows.turns.length === 0 || lanes.every(({ speaker }) => speaker === null)) return null;
  return <DrawnLanes {...props} lanes={lanes} rows={rows} />;
}

function DrawnLanes({
  lanes,
  speakers,
  durationMs,
  view,
  now,
  onPlay,
  rows,
}: SpeakerLanesProps & { rows: LaneRows }) {
  const { t } = useTranslation(['speaking', 'transcript']);
  const box = useRef<HTMLDivElement>(null);
  const optionId = useId();
  const [hovered, setHovered] = useTurnOf(rows);
  const [chosen, setChosen] = useTurnOf(rows);
  const [hasFocus, setFocus] = useState(false);
  const place = useStore(view.store);
  const framePx = useWidth(box);
  const totalPx = place.totalPx ?? framePx;
  const pxPerMs = durationMs === 0 ? 0 : totalPx / durationMs;
  const xOf = (timeMs: number) => timeMs * pxPerMs - place.scrollPx;
  const colours = useColours(lanes, speakers);
  const canvas = useLaneCanvas({ rows, colours, framePx, pxPerMs, scrollPx: place.scrollPx });

  const nameOf = ({ speaker }: LaneTurn) => speaker ?? t('transcript:unknownSpeaker');
  const spoken = (turn: LaneTurn) =>
    t('turn', { speaker: nameOf(turn), from: clock(turn.startMs), to: clock(turn.endMs) });
  const active = chosen ?? (rows.turns[Math.max(0, rows.indexFrom(now()))] as LaneTurn);
  const shown = hovered ?? (hasFocus ? active : null);

  const underPointer = (event: PointerEvent): { turn: LaneTurn | null; timeMs: number } => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const timeMs = pxPerMs === 0 ? 0 : (event.clientX - left + place.scrollPx) / pxPerMs;
    const row = Math.min(rows.rows.length - 1, Math.floor((event.clientY - top) / PITCH_PX));
    return { turn: rows.at(row, timeMs, NEAR_PX / pxPerMs), timeMs };
  };
  const choose = (turn: LaneTurn | null | undefined) => {
    if (turn == null) return;
    setChosen(turn);
    setHovered(null);
    const x = xOf(turn.startMs);
    if (x < 0 || x > framePx) view.centre(turn.startMs * pxPerMs, framePx);
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = rows.turns.indexOf(active);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowRight: () => choose(rows.turns[index + 1]),
      ArrowLeft: () => choose(rows.turns[index - 1]),
      ArrowDown: () => choose(rows.beside(active, 1)),
      ArrowUp: () => choose(rows.beside(active, -1)),
      Home: () => choose(rows.turns[0]),
      End: () => choose(rows.turns.at(-1)),
      Enter: () => onPlay(active.startMs),
      ' ': () => onPlay(active.startMs),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };

  return (
    <div
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label={t('lanes')}
      aria-description={t('lanesKeys')}
      aria-activedescendant={optionId}
      className="vs-lanes relative mb-1 min-w-0 rounded-sm"
      style={{ height: heightOf(rows) }}
      onFocus={() => {
        setFocus(true);
        setChosen(rows.turns[Math.max(0, rows.indexFrom(now()))] ?? null);
      }}
      onBlur={() => setFocus(false)}
      onKeyDown={press}
      onPointerMove={(event) => setHovered(underPointer(event).turn)}
      onPointerLeave={() => setHovered(null)}
      onPointerDown={(event) => {
        // The keyboard stays in the text.
        event.preventDefault();
        if (event.button !== 0) return;
        const { turn, timeMs } = underPointer(event);
        const isWide = turn !== null && (turn.endMs - turn.startMs) * pxPerMs > WIDE_PX;
        onPlay(turn === null || isWide ? Math.max(turn?.startMs ?? 0, timeMs) : turn.startMs);
      }}
    >
      <canvas ref={canvas} aria-hidden className="absolute inset-0 size-full" />
      {shown !== null && (
        <span
          aria-hidden
          className="pointer-events-none absolute rounded-[2px] outline-2 outline-ink"
          style={{
            left: Math.max(0, xOf(shown.startMs)),
            width: Math.max(2, Math.min(framePx, xOf(shown.endMs)) - Math.max(0, xOf(shown.startMs))),
            top: shown.row * PITCH_PX,
            height: ROW_PX,
          }}
        />
      )}
      <div
        role="option"
        id={optionId}
        aria-selected={shown !== null}
        aria-posinset={rows.turns.indexOf(shown ?? active) + 1}
        aria-setsize={rows.turns.length}
        className={shown === null ? 'sr-only' : TIP}
        style={shown === null ? undefined : tipPlace(xOf(shown.startMs), framePx)}
      >
        <span
          aria-hidden
          className="h-3 w-1.5 shrink-0 rounded-[2px] border border-ground"
          style={{ background: colours.get((shown ?? active).speaker) }}
        />
        <span className="min-w-0 truncate">{spoken(shown ?? active)}</span>
      </div>
    </div>
  );
}

/** As the speakers are listed everywhere else; who has no words in the text comes last. */
function inTheirOrder(lanes: readonly SpeakerLane[], speakers: readonly string[]): readonly SpeakerLane[] {
  const placeOf = ({ speaker }: SpeakerLane) => {
    const place = speaker === null ? -1 : speakers.indexOf(speaker);
    return place < 0 ? speakers.length : place;
  };
  return lanes.toSorted((a, b) => placeOf(a) - placeOf(b));
}

const TIP =
  'figures pointer-events-none absolute bottom-full z-20 mb-1.5 flex max-w-80 items-center gap-2 rounded-md bg-ink px-2.5 py-1 text-sm text-ground shadow-float';

/** Above the turn, and within the lanes. */
function tipPlace(x: number, framePx: number): { left: number } | { right: number } {
  const within = Math.min(framePx, Math.max(0, x));
  return within < framePx / 2 ? { left: within } : { right: Math.max(0, framePx - within - 48) };
}

/**
 * Each speaker's colour as a CSS value; who has no words in the text gets one of those that follow. While the lanes still have a
 * label that the text has no more, colours stay as they are.
 */
function useColours(lanes: readonly SpeakerLane[], speakers: readonly string[]): LaneColours {
  const before = useRef<LaneColours>(new Map());
  return useMemo(() => {
    const isOfText = lanes.every(({ speaker }) => speaker === null || speakers.includes(speaker));
    if (!isOfText && lanes.every(({ speaker }) => before.current.has(speaker))) return before.current;
    let further = speakers.length;
    const placeOf = (speaker: string) => {
      const place = speakers.indexOf(speaker);
      return place < 0 ? further++ : place;
    };
    before.current = new Map(
      lanes.map(({ speaker }) => [speaker, speakerColour(speaker === null ? -1 : placeOf(speaker))]),
    );
    return before.current;
  }, [lanes, speakers]);
}

/** State that holds a turn of these rows; null once there are others. */
function useTurnOf(rows: LaneRows): [LaneTurn | null, (turn: LaneTurn | null) => void] {
  const [kept, keep] = useState<{ readonly turn: LaneTurn | null; readonly rows: LaneRows } | null>(null);
  return [kept?.rows === rows ? kept.turn : null, (turn) => keep({ turn, rows })];
}

/** An element's width in CSS pixels. */
function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const measured = element.current;
    if (measured === null) return;
    setWidth(measured.clientWidth);
    const resized = new ResizeObserver(() => setWidth(measured.clientWidth));
    resized.observe(measured);
    return () => resized.disconnect();
  }, [element]);
  return width;
}
