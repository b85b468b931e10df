import { create } from 'zustand';
import type { Scope } from './navigation.ts';

/** What the list of recordings can be sorted by. */
export const SORT_KEYS = ['name', 'matter', 'language', 'length', 'added'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** A sorting: by what, and whether the smallest comes first. */
export interface Sorting {
  readonly key: SortKey;
  readonly ascending: boolean;
}

/** Which recordings of a scope are shown. */
export type Filter = 'all' | 'working' | 'attention' | 'done';

/** The newest first. */
export const NEWEST_FIRST: Sorting = { key: 'added', ascending: false };

/** How a list was left, to be found again when the user comes back to it. */
export interface ListView {
  readonly filter: Filter;
  readonly sorting: Sorting;
  /** The recording whose row had the keyboard. */
  readonly focus: string | null;
}

/** A search hit as the user left it. */
export interface LeftHit {
  /** What was searched for. */
  readonly text: string;
  readonly segmentId: string;
}

interface ListViewsStore {
  /** By the key of the scope; a list that was not changed is missing. */
  readonly lists: Readonly<Record<string, ListView>>;
  /** The hit that was opened last. */
  readonly hit: LeftHit | null;
}

const UNCHANGED: ListView = { filter: 'all', sorting: NEWEST_FIRST, focus: null };
const EMPTY: ListViewsStore = { lists: {}, hit: null };

/** How the lists of the library were left. */
export const useListViews = create<ListViewsStore>(() => EMPTY);

/** The key of a scope's list. */
export function listKey(scope: Scope): string {
  return scope.kind === 'matter' ? scope.id : scope.kind;
}

/** How the list of this scope was left. */
export function listView(lists: ListViewsStore['lists'], scope: Scope): ListView {
  return lists[listKey(scope)] ?? UNCHANGED;
}

/** The user has changed how a list looks, or where in it he is. */
export function changeList(scope: Scope, change: Partial<ListView>): void {
  useListViews.setState(({ lists }) => ({
    lists: { ...lists, [listKey(scope)]: { ...listView(lists, scope), ...change } },
  }));
}

/** The user has opened a hit of a search. */
export function leaveAtHit(hit: LeftHit): void {
  useListViews.setState({ hit });
}

/** Forgets everything: the vault is locked. */
export function clearListViews(): void {
  useListViews.setState(EMPTY, true);
}
