import type { TextEditor } from '../editor/transcript-editor.ts';
import type { Playback } from './playback.ts';

/** Selects a segment, and plays from it if requested; does nothing if it is absent. */
export function goToSegment(editor: TextEditor, { player }: Playback, id: string, plays: boolean): void {
  const { table } = editor;
  const index = table.indexes.get(id);
  const segment = index === undefined ? undefined : table.segments[index];
  if (index === undefined || segment === undefined) return;
  editor.select({ from: table.from[index] as number, to: table.to[index] as number }, 'center');
  if (plays) player.play(segment.startMs);
  else player.seek(segment.startMs);
}

/** Selects what is said at a time, and plays from there. */
export function goToTime(editor: TextEditor, playback: Playback, timeMs: number): void {
  const { table } = editor;
  // The segment that begins then, not the previous one that still goes on.
  const segment = table.segments.find(({ endMs }) => endMs > timeMs) ?? table.segments.at(-1);
  if (segment !== undefined) goToSegment(editor, playback, segment.id, false);
  editor.focus();
  playback.player.play(timeMs);
}
