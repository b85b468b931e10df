import type { RequestInput } from '../../../../src/contract/ipc.ts';
import type { EditableSegment } from '../../../../src/contract/views.ts';
import { indexesOf } from '../document/segment-indexes.ts';
import { movedPosition } from '../document/text-change.ts';

/** What is done to a text beside typing; where it names segments, those that are gone by then are left out. */
export type Command =
  /** Nothing but to store what was typed before. */
  | { readonly kind: 'flush' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | {
      readonly kind: 'assignSpeaker';
      readonly segments: readonly string[];
      readonly speaker: string | null;
      /** Commands in a row with the same undo group are undone together. */
      readonly undoGroup?: string | undefined;
    }
  /** Makes two segments of one, at a character of its text as it stood on the screen. */
  | {
      readonly kind: 'split';
      readonly segment: string;
      readonly text: string;
      readonly at: number;
      readonly undoGroup: string;
    }
  /** Makes one segment of two neighbours. */
  | { readonly kind: 'join'; readonly first: string; readonly second: string }
  | { readonly kind: 'renameSpeaker'; readonly from: string; readonly to: string }
  | {
      readonly kind: 'replaceAll';
      readonly search: Omit<RequestInput<'transcripts.replaceAll'>, 'recordingId' | 'segments'>;
      /** Only in these segments; in all where null. */
      readonly segments: readonly string[] | null;
    }
  /** Gives the machine's text back. */
  | { readonly kind: 'reset'; readonly segments: readonly string[] }
  /** Takes the text as the main process has it. */
  | { readonly kind: 'reopen'; readonly beginsGroup: boolean };

/** A command as the main process is asked to carry it out. */
export type AskedCommand =
  | Exclude<Command, { kind: 'flush' | 'reopen' | 'split' | 'join' }>
  /** Puts other texts in the place of neighbouring segments. */
  | {
      readonly kind: 'replace';
      readonly segments: readonly string[];
      readonly texts: readonly string[];
      readonly undoGroup?: string | undefined;
    };

/** What the main process is to be asked for, with the segments as it has them; null where nothing is left to be done. */
export function askedCommand(
  command: Exclude<Command, { kind: 'flush' | 'reopen' }>,
  segments: readonly EditableSegment[],
): AskedCommand | null {
  const indexes = indexesOf(segments);
  const textOf = (id: string) => segments[indexes.get(id) ?? -1]?.text;
  switch (command.kind) {
    case 'assignSpeaker':
    case 'reset': {
      const there = command.segments.filter((id) => indexes.has(id));
      return there.length === 0 ? null : { ...command, segments: there };
    }
    case 'split': {
      const { segment, undoGroup } = command;
      const stored = textOf(segment);
      if (stored === undefined) return null;
      const at = movedPosition(command.at, command.text, stored);
      const texts = [stored.slice(0, at).trim(), stored.slice(at).trim()];
      return texts.includes('') ? null : { kind: 'replace', segments: [segment], texts, undoGroup };
    }
    case 'join': {
      const [first, second] = [textOf(command.first), textOf(command.second)];
      if (first === undefined || second === undefined) return null;
      const text = `${first.trim()} ${second.trim()}`.trim();
      return { kind: 'replace', segments: [command.first, command.second], texts: [text] };
    }
    default:
      return command;
  }
}
