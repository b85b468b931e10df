import { OfficeError } from '../contract/office-errors.ts';
import type { FlowFacts, TranscribedPart, WindowText } from './flow-content.ts';

/** A part of a recording, and what came of it. */
export type StitchedPart = FlowFacts['parts'][number] & Pick<TranscribedPart, 'result'>;

/**
 * What came of every part of a recording, in the order of the plan, from however many windows. Throws `windows.missing` unless there is
 * exactly one text of each part, and no other.
 */
export function stitchedParts(
  { parts, transcribed }: FlowFacts,
  texts: readonly WindowText[],
): StitchedPart[] {
  const found = [...transcribed, ...texts.flatMap((text) => text.parts)];
  const results = new Map(found.map((part) => [placeOf(part), part.result]));
  if (results.size !== found.length || found.length !== parts.length)
    throw new OfficeError('windows.missing');
  return parts.map((part) => {
    const result = results.get(placeOf(part));
    if (result === undefined) throw new OfficeError('windows.missing');
    return { ...part, result };
  });
}

function placeOf({ channel, windowIndex }: Pick<TranscribedPart, 'channel' | 'windowIndex'>): string {
  return `${channel}/${windowIndex}`;
}
