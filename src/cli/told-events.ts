import { CoreEvent } from '../contract/events.ts';

/** What `--json` calls an event whose type has another name in the code: programs rely on it. */
const TOLD_TYPES: { readonly [Type in CoreEvent['type']]?: string } = {
  interimText: 'wordsHeard',
  rangeRetranscribed: 'stretchRenewed',
};

/** The type of an event as `--json` prints it. */
export function toldType(type: CoreEvent['type']): string {
  return TOLD_TYPES[type] ?? type;
}

/** The event that a line of `--json` tells of, or null where it is none. */
export function eventOfLine(line: unknown): CoreEvent | null {
  const fields = { ...(line as { type?: unknown } | null) };
  const known = EVENT_TYPES.find((type) => toldType(type) === fields.type);
  return CoreEvent.safeParse({ ...fields, type: known }).data ?? null;
}

const EVENT_TYPES = CoreEvent.options.flatMap(({ shape }) => [...shape.type.values]);
