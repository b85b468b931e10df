import { create } from 'zustand';
import type { Location } from '../../src/contract/location.ts';

/** Which recordings the library shows. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'unfiled' }
  | { readonly kind: 'matter'; readonly id: string }
  | { readonly kind: 'bin' };

/** Where in the app the user is. */
export type Route =
  | { readonly screen: 'library'; readonly scope: Scope }
  | {
      readonly screen: 'transcript';
      readonly recordingId: string;
      /** The segment to select; null opens where the user was. */
      readonly segmentId: string | null;
      /** Whether to play from that segment at once. */
      readonly play: boolean;
    }
  | {
      /** An older version of a transcript, to be read. */
      readonly screen: 'version';
      readonly recordingId: string;
      readonly versionId: string;
    }
  | { readonly screen: 'models' }
  | { readonly screen: 'settings' /** What is to be seen of them first. */; readonly section?: 'shortcuts' };

/** A version of a transcript that is to be exported. */
export interface ExportedVersion {
  readonly id: string;
  readonly label: string;
}

/** Something of a recording that may be transcribed again; without an end it goes to the recording's end. */
export interface RetranscribeChoice {
  readonly kind: 'passage' | 'stretch' | 'unclear' | 'fromHere' | 'whole';
  readonly startMs: number;
  readonly endMs: number | null;
  /** What a passage says now. */
  readonly text?: string;
}

/** What lies over the screen: at most one of these at a time. */
export type Overlay =
  | { readonly kind: 'palette' }
  | { readonly kind: 'lock' }
  | { readonly kind: 'report' }
  | { readonly kind: 'matter'; readonly id: string | null }
  | { readonly kind: 'deleteMatter'; readonly id: string }
  | { readonly kind: 'versions'; readonly recordingId: string }
  | { readonly kind: 'rerun'; readonly recordingId: string; readonly choices: readonly RetranscribeChoice[] }
  | {
      readonly kind: 'export';
      readonly recordingIds: readonly string[];
      /** A version of the one recording, as people call it; its current text without. */
      readonly version?: ExportedVersion;
    }
  | { readonly kind: 'join'; readonly recordingIds: readonly string[] }
  | { readonly kind: 'erase'; readonly recordingIds: readonly string[] };

interface NavigationStore {
  readonly route: Route;
  /** Earlier routes, the newest last. */
  readonly past: readonly Route[];
  readonly overlay: Overlay | null;
  /** What is being searched for in every transcript; empty shows the library. */
  readonly search: string;
}

const START: NavigationStore = {
  route: { screen: 'library', scope: { kind: 'all' } },
  past: [],
  overlay: null,
  search: '',
};

/** Where the user is, and what is open over it. */
export const useNavigation = create<NavigationStore>(() => START);

/** Goes to another place; the way back is remembered. */
export function goTo(route: Route): void {
  useNavigation.setState(({ route: from, past }) => ({
    route,
    past: [...past.slice(-49), from],
    overlay: null,
  }));
}

/** Goes back to where the user came from; to all recordings at the beginning. */
export function goBack(): void {
  useNavigation.setState(({ past }) => ({ route: past.at(-1) ?? START.route, past: past.slice(0, -1) }));
}

/** Shows a part of the library, and no search. */
export function showScope(scope: Scope): void {
  useNavigation.setState({ search: '' });
  goTo({ screen: 'library', scope });
}

/** Opens a transcript: where the user was, or at a segment, playing if asked to. */
export function openTranscript(recordingId: string, at: { segmentId?: string; play?: boolean } = {}): void {
  goTo({ screen: 'transcript', recordingId, segmentId: at.segmentId ?? null, play: at.play ?? false });
}

/** Opens a version of a transcript to be read. */
export function openVersion(recordingId: string, versionId: string): void {
  const { route } = useNavigation.getState();
  const next: Route = { screen: 'version', recordingId, versionId };
  // From one version to the next, the way back is to the text.
  if (route.screen === 'version') useNavigation.setState({ route: next, overlay: null });
  else goTo(next);
}

/** Shows the current text again: from one of its versions, or where it is open already. */
export function leaveVersion(recordingId: string): void {
  const { route, past } = useNavigation.getState();
  const isText = (one: Route | undefined) => one?.screen === 'transcript' && one.recordingId === recordingId;
  closeOverlay();
  if (isText(route)) return;
  if (isText(past.at(-1))) goBack();
  else openTranscript(recordingId);
}

/** Opens the export of these recordings over the screen. */
export function exportRecordings(recordingIds: readonly string[]): void {
  showOverlay({ kind: 'export', recordingIds });
}

/** Lays something over the screen. */
export function showOverlay(overlay: Overlay): void {
  useNavigation.setState({ overlay });
}

/** Takes away what lies over the screen. */
export function closeOverlay(): void {
  useNavigation.setState({ overlay: null });
}

/** Searches every transcript; empty ends the search. */
export function searchFor(text: string): void {
  const { route } = useNavigation.getState();
  if (text !== '' && route.screen !== 'library') goTo({ screen: 'library', scope: { kind: 'all' } });
  useNavigation.setState({ search: text });
}

/** Goes back to where a page before this one was; there is no way back from there but to all recordings. */
export function resumeAt(here: Location): void {
  const route: Route = here.screen === 'transcript' ? { ...here, segmentId: null, play: false } : here;
  useNavigation.setState({ ...START, route }, true);
}

/** Forgets where the user was: the vault is locked. */
export function clearNavigation(): void {
  useNavigation.setState(START, true);
}
