import type { CorrectionKey } from '../../../../src/contract/correction-rules.ts';
import type { RequestInput } from '../../../../src/contract/ipc.ts';
import type { EditableSegment } from '../../../../src/contract/views.ts';
import { indexesOf } from '../document/segment-indexes.ts';
import { movedPosition } from '../document/text-change.ts';

/** A change of a text other than typing; if it names segments, those gone by then are left out. */
export type SyncCommand =
  /** Only stores what was typed before. */
  | { readonly kind: 'flush' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | {
      readonly kind: 'assignSpeaker';
      readonly segments: readonly string[];
      readonly speaker: string | null;
      /** Consecutive commands of one undo group are undone together. */
      readonly undoGroup?: string | undefined;
    }
  /** Splits a segment at a character of its text as displayed. */
  | {
      readonly kind: 'split';
      readonly segment: string;
      readonly text: string;
      readonly at: number;
      readonly undoGroup: string;
    }
  /** Merges two neighbouring segments. */
  | { readonly kind: 'join'; readonly first: string; readonly second: string }
  | { readonly kind: 'renameSpeaker'; readonly from: string; readonly to: string }
  | {
      readonly kind: 'replaceAll';
      readonly search: Omit<RequestInput<'transcripts.replaceAll'>, 'recordingId' | 'segments'>;
      /** Only in these segments; in all if null. */
      readonly segments: readonly string[] | null;
    }
  /** Restores the machine's text. */
  | { readonly kind: 'reset'; readonly segments: readonly string[] }
  /** Takes over what the final transcript heard in the place of a kept edit. */
  | { readonly kind: 'takeHeard'; readonly machineIds: readonly string[] }
  /** Takes automatic corrections back; all that still stand if null. */
  | { readonly kind: 'takeBack'; readonly corrections: readonly CorrectionKey[] | null }
  /** Accepts the main process's text. */
  | { readonly kind: 'reopen'; readonly beginsGroup: boolean };

/** A command as sent to the main process. */
export type AskedCommand =
  | Exclude<SyncCommand, { kind: 'flush' | 'reopen' | 'split' | 'join' }>
  /** Replaces neighbouring segments by other texts. */
  | {
      readonly kind: 'replace';
      readonly segments: readonly string[];
      readonly texts: readonly string[];
      readonly undoGroup?: string | undefined;
    };

/** The request to the main process, with the segments as stored there; null if nothing is left to do. */
export function askedCommand(
  command: Exclude<SyncCommand, { kind: 'flush' | 'reopen' }>,
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
