import {
  SUBTITLE_LIMITS,
  SUBTITLE_MEASURES,
  type SubtitleMeasure,
  type SubtitleShape,
} from '../../../src/contract/format-options.ts';

/** Subtitle options as typed: durations in seconds. */
export type SubtitleDraft = Readonly<Record<SubtitleMeasure, string>>;

/** Divisor from a measure's own unit to the unit in which it is typed. */
export function unitOf(measure: SubtitleMeasure): number {
  return measure.endsWith('Ms') ? 1000 : 1;
}

/** Options as typed in the fields. */
export function draftOf(shape: SubtitleShape): SubtitleDraft {
  return fromMeasures((measure) => String(shape[measure] / unitOf(measure)));
}

/** The fields' values; NaN if one is empty. */
export function shapeOf(draft: SubtitleDraft): SubtitleShape {
  return fromMeasures((measure) => {
    const typed = draft[measure].trim().replace(',', '.');
    const value = typed === '' ? Number.NaN : Number(typed) * unitOf(measure);
    // Otherwise 0.1 s are not quite 100 ms.
    return unitOf(measure) === 1 ? value : Math.round(value);
  });
}

/** Minimum and maximum of a measure in the typed unit. */
export function limitsOf(measure: SubtitleMeasure): { least: number; most: number } {
  const { least, most } = SUBTITLE_LIMITS[measure];
  return { least: least / unitOf(measure), most: most / unitOf(measure) };
}

function fromMeasures<Value>(measured: (measure: SubtitleMeasure) => Value): Record<SubtitleMeasure, Value> {
  return Object.fromEntries(SUBTITLE_MEASURES.map((measure) => [measure, measured(measure)])) as Record<
    SubtitleMeasure,
    Value
  >;
}
