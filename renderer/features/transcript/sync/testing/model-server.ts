import { AppError } from '../../../../../src/contract/errors.ts';
import type {
  EditableSegment,
  OpenedTranscript,
  TranscriptPatch,
} from '../../../../../src/contract/views.ts';
import { exampleSegment } from '../../document/example-segments.ts';
import type { AskedCommand } from '../command.ts';

/** The model's recording. */
export const RECORDING = '0198a000-0000-7000-8000-000000000000';

/** One edit: the removed and the inserted text. */
interface LoggedEdit {
  readonly group: string;
  readonly out: readonly EditableSegment[];
  readonly into: readonly EditableSegment[];
}

/** A reference for the main process's side of a transcript: the same requests and answers, over a list in memory. */
export class ModelServer {
  segments: readonly EditableSegment[];
  /** Every text ever stored here. */
  readonly stored: string[] = [];
  /** What came too late for a retranscribed range: the version before keeps it. */
  readonly keptBefore: string[] = [];
  /** Words removed or restored by an undo, a redo, a reset or a retranscription. */
  readonly shaken = new Set<string>();
  #log: LoggedEdit[] = [];
  #undone: LoggedEdit[] = [];
  #hasEarlier = false;
  #ids = 0;

  constructor(segments: readonly EditableSegment[]) {
    this.segments = segments;
  }

  /** The answer to `transcripts.open`. */
  open(): OpenedTranscript {
    return {
      recordingId: RECORDING,
      name: 'hearing.wav',
      versionNumber: 1,
      versionKind: 'machine',
      durationMs: 3_600_000,
      channels: 1,
      complete: true,
      transcribedMs: 3_600_000,
      language: 'en',
      gain: { leastDb: 0, greatestDb: 0 },
      skipped: [],
      otherLanguages: [],
      canUndo: this.#log.length > 0,
      canRedo: this.#undone.length > 0,
      place: { segmentId: null, offset: 0, scrollMs: 0, playheadMs: 0 },
      packedSegments: this.segments
        .map(({ id, channel, edited, startMs, endMs, text, speaker, language, confidence, flags }) =>
          JSON.stringify([
            ...[id, channel, edited ? 1 : 0, startMs, endMs, text, speaker, language, confidence, flags],
          ]),
        )
        .join('\n'),
    };
  }

  /** The answer to `transcripts.edit`. */
  edit(ids: readonly string[], texts: readonly string[], group: string): TranscriptPatch[] {
    if (ids.length === 0 && this.segments.length > 0) throw changed();
    const present = ids.flatMap((id) => this.segments.find((segment) => segment.id === id) ?? []);
    if (present.length < ids.length) {
      if (!this.#hasEarlier) throw changed();
      if (ids.length === 1 || ids.length !== texts.length) {
        this.keptBefore.push(...texts);
        return [];
      }
      return ids.flatMap((id, index) => this.edit([id], [texts[index] ?? ''], group));
    }
    this.stored.push(...texts);
    const [first] = present;
    const startMs = first?.startMs ?? 0;
    const lengthMs = (present.at(-1)?.endMs ?? 1000) - startMs;
    const into = texts.flatMap((text, index) => {
      if (text === '') return [];
      const own = present[index];
      if (own !== undefined && texts.length === ids.length)
        return own.text === text ? [own] : [{ ...own, text }];
      const at = startMs + (lengthMs * index) / texts.length;
      return [
        {
          ...exampleSegment(index === 0 && own !== undefined ? own.id : this.#newId(), at, text),
          speaker: own?.speaker ?? null,
        },
      ];
    });
    return this.#apply({ group, out: present, into });
  }

  /** The answer to any other request that changes the text; a count if it counts. */
  ask(command: AskedCommand, group: string): { patches: TranscriptPatch[]; count: number } {
    switch (command.kind) {
      case 'undo':
        return { patches: this.#step(this.#log, this.#undone, true), count: 0 };
      case 'redo':
        return { patches: this.#step(this.#undone, this.#log, false), count: 0 };
      case 'assignSpeaker': {
        const out = this.#present(command.segments);
        const into = out.map((segment) => ({ ...segment, speaker: command.speaker }));
        return { patches: this.#apply({ group: command.undoGroup ?? group, out, into }), count: 0 };
      }
      case 'replace': {
        const { segments, texts, undoGroup } = command;
        return { patches: this.edit(segments, texts, undoGroup ?? group), count: 0 };
      }
      case 'takeBack':
      case 'takeHeard':
      case 'reset': {
        const out = this.#present(changedBy(command));
        this.#shake(out);
        const into = out.map((segment) => ({ ...segment, text: `machine-${segment.id}` }));
        return { patches: this.#apply({ group, out, into }), count: 0 };
      }
      case 'renameSpeaker': {
        const out = this.segments.filter(({ speaker }) => speaker === command.from);
        const into = out.map((segment) => ({ ...segment, speaker: command.to }));
        return { patches: this.#apply({ group, out, into }), count: 0 };
      }
      case 'replaceAll': {
        const { find, replacement } = command.search;
        const out = this.segments.filter(({ text }) => text.split(' ').includes(find));
        const into = out.map((segment) => ({
          ...segment,
          text: segment.text
            .split(' ')
            .map((word) => (word === find ? replacement : word))
            .join(' '),
        }));
        return { patches: this.#apply({ group, out, into }), count: out.length };
      }
    }
  }

  /** The machine adds a segment at the end. */
  arrive(text: string): EditableSegment {
    const segment = exampleSegment(this.#newId(), (this.segments.at(-1)?.endMs ?? 0) + 1000, text);
    this.segments = [...this.segments, segment];
    return segment;
  }

  /** A range is retranscribed: its segments are replaced; edits within it stay in the version before. */
  retranscribe(from: number, to: number, text: string): void {
    const gone = this.segments.slice(from, to);
    const ids = new Set(gone.map(({ id }) => id));
    this.#hasEarlier = true;
    this.#shake(gone);
    const touches = ({ out, into }: LoggedEdit) => [...out, ...into].some(({ id }) => ids.has(id));
    this.#log = this.#log.filter((edit) => !touches(edit));
    this.#undone = this.#undone.filter((edit) => !touches(edit));
    const fresh = gone.map(({ startMs }, index) =>
      exampleSegment(this.#newId(), startMs, `${text}.${index}`),
    );
    this.segments = [...this.segments.slice(0, from), ...fresh, ...this.segments.slice(to)];
  }

  #present(ids: readonly string[]): EditableSegment[] {
    const wanted = new Set(ids);
    return this.segments.filter(({ id }) => wanted.has(id));
  }

  #apply(edit: LoggedEdit): TranscriptPatch[] {
    this.#log.push(edit);
    this.#undone = [];
    return this.#replace(edit.out, edit.into);
  }

  /** Undoes or redoes the last edit, with all consecutive ones of its group. */
  #step(from: LoggedEdit[], to: LoggedEdit[], undoes: boolean): TranscriptPatch[] {
    const patches: TranscriptPatch[] = [];
    const group = from.at(-1)?.group;
    while (group !== undefined && from.at(-1)?.group === group) {
      const edit = from.pop() as LoggedEdit;
      to.push(edit);
      this.#shake([...edit.out, ...edit.into]);
      patches.push(...(undoes ? this.#replace(edit.into, edit.out) : this.#replace(edit.out, edit.into)));
    }
    const canUndo = this.#log.length > 0;
    const canRedo = this.#undone.length > 0;
    return patches.map((patch) => ({ ...patch, canUndo, canRedo }));
  }

  #replace(out: readonly EditableSegment[], into: readonly EditableSegment[]): TranscriptPatch[] {
    const gone = new Set(out.map(({ id }) => id));
    const rest = this.segments.filter(({ id }) => !gone.has(id));
    this.segments = [...rest, ...into].sort((a, b) => a.startMs - b.startMs);
    const standing = { recordingId: RECORDING, canUndo: true, canRedo: false };
    const isInPlace = out.length === into.length && out.every(({ id }, index) => id === into[index]?.id);
    if (isInPlace)
      return into.map((segment, index) => ({
        ...standing,
        after: this.#idBefore(segment.id),
        removed: [out[index]?.id ?? ''],
        inserted: [segment],
      }));
    const removed = out.map(({ id }) => id);
    const first = into[0];
    if (first === undefined) return [{ ...standing, after: null, removed, inserted: [] }];
    return [
      { ...standing, after: null, removed, inserted: [] },
      ...into.map((segment) => ({
        ...standing,
        after: this.#idBefore(segment.id),
        removed: [],
        inserted: [segment],
      })),
    ];
  }

  #idBefore(id: string): string | null {
    const place = this.segments.findIndex((segment) => segment.id === id);
    return this.segments[place - 1]?.id ?? null;
  }

  #shake(segments: readonly EditableSegment[]): void {
    for (const { text } of segments) for (const word of text.split(/\s+/u)) this.shaken.add(word);
  }

  #newId(): string {
    this.#ids += 1;
    return `made-${this.#ids}`;
  }
}

function changed(): AppError {
  return new AppError('transcript.changed', {});
}

/** The segments that such a command changes; taken back are corrections whose versions are called like segments here. */
function changedBy(
  command: Extract<AskedCommand, { kind: 'takeBack' | 'takeHeard' | 'reset' }>,
): readonly string[] {
  if (command.kind === 'reset') return command.segments;
  if (command.kind === 'takeHeard') return command.machineIds;
  return command.corrections?.map(({ versionId }) => versionId) ?? [];
}
