import type { NewSegment } from '../../text-alignment/stored-segment.ts';
import type { LoggedChange, LoggedEdit, LoggedSegment } from './edit-log.db.ts';

/** The content of an edited version. */
export interface EditedContent {
  /** Its own segments. */
  readonly rows: readonly NewSegment[];
  /** The ids of the machine's segments that it replaces. */
  readonly replaced: readonly string[];
  readonly log: readonly LoggedEdit[];
}

/** The ids of an edited version's segments, in groups: those that edits connect, directly or through others. */
export class IdGroups {
  readonly #parents = new Map<string, string>();

  /** The groups of an edited version's content. */
  static of({ rows, replaced, log }: EditedContent): IdGroups {
    const groups = new IdGroups();
    for (const { changes } of log) for (const change of changes) groups.join(idsOfChange(change));
    for (const row of rows) groups.join(idsOf(row));
    for (const id of replaced) groups.join([id]);
    return groups;
  }

  /** All ids that were joined. */
  get ids(): string[] {
    return [...this.#parents.keys()];
  }

  /** Puts ids into one group, with all that are in a group with one of them. */
  join(ids: readonly string[]): void {
    const [first] = ids;
    if (first === undefined) return;
    const root = this.rootOf(first);
    for (const id of ids) this.#parents.set(this.rootOf(id), root);
  }

  /** The id that stands for the group of this one. */
  rootOf(id: string): string {
    let root = id;
    for (;;) {
      const parent = this.#parents.get(root) ?? root;
      if (parent === root) break;
      root = parent;
    }
    this.#parents.set(id, root);
    return root;
  }

  /** The ids that stand for the groups of these. */
  rootsOf(ids: readonly string[]): Set<string> {
    return new Set(ids.map((id) => this.rootOf(id)));
  }
}

/** The ids of all segments of a change. */
export function idsOfChange({ removed, inserted }: LoggedChange): string[] {
  return [...removed, ...inserted].flatMap(idsOf);
}

/** The ids that connect a segment to others: its own, and those of the machine's segments it replaces. */
export function idsOf(segment: LoggedSegment): string[] {
  return typeof segment === 'string' ? [segment] : [segment.id, ...segment.origins];
}
