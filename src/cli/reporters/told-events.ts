import { CoreEvent } from '../../contract/events.ts';

/** Names in `--json` of events whose types are named differently in the code: programs rely on them. */
const TOLD_TYPES: { readonly [Type in CoreEvent['type']]?: string } = {
  interimText: 'wordsHeard',
  rangeRetranscribed: 'stretchRenewed',
};

/** The type of an event as `--json` prints it. */
export function toldType(type: CoreEvent['type']): string {
  return TOLD_TYPES[type] ?? type;
}

/** The event of a line of `--json`, or null if it is none. */
export function eventOfLine(line: unknown): CoreEvent | null {
  const fields = { ...(line as { type?: unknown } | null) };
  const known = EVENT_TYPES.find((type) => toldType(type) === fields.type);
  return CoreEvent.safeParse({ ...fields, type: known }).data ?? null;
}

const EVENT_TYPES = CoreEvent.options.flatMap(({ shape }) => [...shape.type.values]);
