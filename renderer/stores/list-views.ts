import { create } from 'zustand';
import type { Scope } from './navigation.ts';

/** The sort keys of the list of recordings. */
export const SORT_KEYS = ['name', 'matter', 'language', 'length', 'added'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** A sorting: by key, and whether ascending. */
export interface Sorting {
  readonly key: SortKey;
  readonly ascending: boolean;
}

/** The filter of a scope's recordings. */
export type Filter = 'all' | 'working' | 'attention' | 'done';

/** The newest first. */
export const NEWEST_FIRST: Sorting = { key: 'added', ascending: false };

/** The view state of a list, restored when the user returns to it. */
export interface ListView {
  readonly filter: Filter;
  readonly sorting: Sorting;
  /** The recording whose row had the focus. */
  readonly focus: string | null;
}

/** The last opened search hit. */
export interface LeftHit {
  /** The query. */
  readonly text: string;
  readonly segmentId: string;
}

interface ListViewsStore {
  /** By scope key; an unchanged list is missing. */
  readonly lists: Readonly<Record<string, ListView>>;
  /** The hit opened last. */
  readonly hit: LeftHit | null;
}

const UNCHANGED: ListView = { filter: 'all', sorting: NEWEST_FIRST, focus: null };
const EMPTY: ListViewsStore = { lists: {}, hit: null };

/** The view states of the library's lists. */
export const useListViews = create<ListViewsStore>(() => EMPTY);

/** The key of a scope's list. */
export function listKey(scope: Scope): string {
  return scope.kind === 'matter' ? scope.id : scope.kind;
}

/** The view state of this scope's list. */
export function listView(lists: ListViewsStore['lists'], scope: Scope): ListView {
  return lists[listKey(scope)] ?? UNCHANGED;
}

/** The user has changed a list's view state. */
export function changeList(scope: Scope, change: Partial<ListView>): void {
  useListViews.setState(({ lists }) => ({
    lists: { ...lists, [listKey(scope)]: { ...listView(lists, scope), ...change } },
  }));
}

/** The user has opened a hit of a search. */
export function leaveAtHit(hit: LeftHit): void {
  useListViews.setState({ hit });
}

/** Clears the store: the vault is locked. */
export function clearListViews(): void {
  useListViews.setState(EMPTY, true);
}
