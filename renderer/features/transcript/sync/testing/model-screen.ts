import { ChangeSet } from '@codemirror/state';
import { assert } from 'vitest';
import type { EditableSegment } from '../../../../../src/contract/views.ts';
import { layOut } from '../../document/paragraph-layout.ts';
import { patchDocument } from '../../document/patched-document.ts';
import { moveTable, type SegmentTable, segmentTable } from '../../document/segment-table.ts';
import { readTheSame } from '../../document/text-change.ts';
import type { SyncEffect, SyncEvent } from '../sync-events.ts';

/** The displayed text like the editor's, without the editor: a document, and the ranges of its segments. */
export class ModelScreen {
  document: string;
  table: SegmentTable;
  caret = 0;

  constructor(segments: readonly EditableSegment[]) {
    const { text, table } = layOut(segments);
    this.document = text;
    this.table = table;
  }

  textAt(index: number): string {
    return this.document.slice(this.table.from[index], this.table.to[index]);
  }

  /** Shows a transition's effects; checks that no text the user is editing changes. */
  perform(effect: SyncEffect): SyncEvent | null {
    switch (effect.type) {
      case 'show': {
        const held = new Map(
          this.table.segments.flatMap(({ id }, index) =>
            effect.held.has(id) ? [[id, this.textAt(index)] as const] : [],
          ),
        );
        const before = new Set(this.table.segments);
        this.#show(effect.segments, effect.held);
        for (const [index, segment] of effect.segments.entries()) {
          const { id, text } = segment;
          if (held.has(id)) assert.strictEqual(this.textAt(index), held.get(id), 'what is typed stays');
          else if (!effect.held.has(id) && !before.has(segment))
            assert.ok(readTheSame(this.textAt(index), text), 'what is stored is shown');
        }
        return null;
      }
      case 'takeSegments':
        assert.strictEqual(effect.segments.length, this.table.segments.length);
        this.table = { ...this.table, segments: effect.segments };
        return null;
      case 'begin':
        this.table = segmentTable(effect.segments, Int32Array.of(0), Int32Array.of(this.document.length));
        return null;
      case 'type': {
        const [first] = effect.texts;
        if (first?.id === null) return this.change(0, this.document.length, first.text);
        const events = effect.texts.flatMap(({ id, text }) => {
          const index = this.table.indexes.get(id ?? '');
          if (index === undefined || this.textAt(index) === text) return [];
          const event = this.change(this.table.from[index] as number, this.table.to[index] as number, text);
          return event === null ? [] : [event];
        });
        const typed = events.flatMap((event) => (event.type === 'typed' ? [event] : []));
        const [one] = typed;
        return one === undefined ? null : { ...one, texts: typed.flatMap(({ texts }) => texts) };
      }
      default:
        return null;
    }
  }

  /** The user changes characters; returns the event. */
  change(from: number, to: number, insert: string, atMs = 0): SyncEvent | null {
    if (from === to && insert === '') return null;
    const changes = ChangeSet.of({ from, to, insert }, this.document.length);
    const moved = moveTable(this.table, changes);
    this.document = this.document.slice(0, from) + insert + this.document.slice(to);
    this.table = moved.table;
    this.caret = from + insert.length;
    if (this.table.segments.length === 0) return { type: 'begunTyping', text: this.document, atMs };
    const texts = moved.touched.map((id) => ({ id, text: this.textAt(this.table.indexes.get(id) ?? 0) }));
    return texts.length === 0 ? null : { type: 'typed', texts, emptied: this.emptied(), atMs };
  }

  /** Segments of the caret's line, if that is empty. */
  emptied(): string[] {
    const start = this.document.lastIndexOf('\n', this.caret - 1) + 1;
    const behind = this.document.indexOf('\n', this.caret);
    const end = behind < 0 ? this.document.length : behind;
    if (this.document.slice(start, end).trim() !== '') return [];
    return this.table.segments.flatMap(({ id }, index) =>
      (this.table.from[index] as number) >= start && (this.table.to[index] as number) <= end ? [id] : [],
    );
  }

  #show(next: readonly EditableSegment[], held: ReadonlySet<string>): void {
    if (next === this.table.segments) return;
    const { changes, table } = patchDocument(
      this.table,
      next,
      this.document.length,
      (from, to) => this.document.slice(from, to),
      (id) => held.has(id),
    );
    for (const { from, to, insert } of changes.toReversed()) {
      this.document = this.document.slice(0, from) + insert + this.document.slice(to);
      if (this.caret > to) this.caret += insert.length - (to - from);
      else if (this.caret > from) this.caret = from;
    }
    this.table = table;
  }
}
