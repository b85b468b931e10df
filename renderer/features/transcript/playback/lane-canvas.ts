import { type RefObject, useEffect, useRef } from 'react';
import type { LaneRows } from './lane-rows.ts';
import { presentColours, watchTheme } from './theme-colours.ts';

/** Height of a row, and from row to row, in CSS pixels. */
export const ROW_PX = 5;
export const PITCH_PX = ROW_PX + 2;

/** Colours of speakers as CSS values; null for nobody known. */
export type LaneColours = ReadonlyMap<string | null, string>;

/** What of the lanes is drawn, in CSS pixels. */
export interface LaneDrawing {
  readonly rows: LaneRows;
  readonly colours: LaneColours;
  readonly framePx: number;
  readonly pxPerMs: number;
  /** How much of the recording is left of the frame. */
  readonly scrollPx: number;
}

/** The height of these rows. */
export function heightOf({ rows }: LaneRows): number {
  return Math.max(0, rows.length * PITCH_PX - (PITCH_PX - ROW_PX));
}

/** A canvas with the visible turns, drawn anew whenever they, the view or the theme change. */
export function useLaneCanvas(drawing: LaneDrawing): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(drawing);
  const present = useRef<LaneColours>(new Map());
  const { rows, colours, framePx, pxPerMs, scrollPx } = drawing;
  // Before the drawing: looking colours up for every frame of a scroll would be slow.
  useEffect(() => {
    const recolour = () => {
      const element = canvas.current;
      if (element?.parentElement == null) return;
      const values = presentColours(element.parentElement, [...colours.values()]);
      present.current = new Map([...colours.keys()].map((name, index) => [name, values[index] ?? '']));
      draw(element, latest.current, present.current);
    };
    recolour();
    return watchTheme(recolour);
  }, [colours]);
  useEffect(() => {
    latest.current = { rows, colours, framePx, pxPerMs, scrollPx };
    if (canvas.current !== null) draw(canvas.current, latest.current, present.current);
  }, [rows, colours, framePx, pxPerMs, scrollPx]);
  return canvas;
}

function draw(canvas: HTMLCanvasElement, drawing: LaneDrawing, present: LaneColours): void {
  const { rows, framePx, pxPerMs, scrollPx } = drawing;
  const ratio = window.devicePixelRatio;
  const [width, height] = [Math.round(framePx * ratio), Math.round(heightOf(rows) * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, framePx, height);
  if (pxPerMs === 0) return;
  const [fromMs, toMs] = [scrollPx / pxPerMs, (scrollPx + framePx) / pxPerMs];
  for (const row of rows.rows.keys()) {
    // Turns narrower than a pixel that would be drawn over one another are drawn once.
    let drawnTo = Number.NEGATIVE_INFINITY;
    let drawnFor: string | null | undefined;
    for (const { startMs, endMs, speaker } of rows.between(row, fromMs, toMs)) {
      const x = startMs * pxPerMs - scrollPx;
      const end = Math.max(x + 1, endMs * pxPerMs - scrollPx);
      if (end <= drawnTo && speaker === drawnFor) continue;
      context.fillStyle = present.get(speaker) ?? '';
      context.fillRect(x, row * PITCH_PX, end - x, ROW_PX);
      drawnTo = end;
      drawnFor = speaker;
    }
  }
}
