import { create } from 'zustand';
import type { Location } from '../../src/contract/location.ts';

/** The library's scope. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'unfiled' }
  | { readonly kind: 'matter'; readonly id: string }
  | { readonly kind: 'bin' };

/** The route in the app. */
export type Route =
  | { readonly screen: 'library'; readonly scope: Scope }
  | {
      readonly screen: 'transcript';
      readonly recordingId: string;
      /** The segment to select; null restores the view state. */
      readonly segmentId: string | null;
      /** Whether to play from that segment at once. */
      readonly play: boolean;
    }
  | {
      /** An older version of a transcript, read-only. */
      readonly screen: 'version';
      readonly recordingId: string;
      readonly versionId: string;
    }
  | { readonly screen: 'models' }
  | { readonly screen: 'settings' };

/** A version of a transcript to export. */
export interface ExportedVersion {
  readonly id: string;
  readonly label: string;
}

/** A part of a recording that may be retranscribed; without an end it goes to the recording's end. */
export interface RetranscribeChoice {
  readonly kind: 'passage' | 'stretch' | 'unclear' | 'fromHere' | 'whole';
  readonly startMs: number;
  readonly endMs: number | null;
  /** The passage's text now. */
  readonly text?: string;
}

/** The layer over the screen: at most one of these at a time. */
export type Overlay =
  | { readonly kind: 'palette' }
  | { readonly kind: 'lock' }
  | { readonly kind: 'report' }
  | { readonly kind: 'record' }
  | { readonly kind: 'matter'; readonly id: string | null }
  | { readonly kind: 'deleteMatter'; readonly id: string }
  | { readonly kind: 'handOver'; readonly matterId: string }
  /** With the name of the file and of how many others were left, if it was dropped or opened. */
  | { readonly kind: 'receiveMatter'; readonly offered?: { readonly name: string; readonly others: number } }
  | { readonly kind: 'versions'; readonly recordingId: string }
  | { readonly kind: 'rerun'; readonly recordingId: string; readonly choices: readonly RetranscribeChoice[] }
  | {
      readonly kind: 'export';
      readonly recordingIds: readonly string[];
      /** The displayed name of the one recording's version; its current text without. */
      readonly version?: ExportedVersion;
      /** Whether pseudonymised copies are exported. */
      readonly pseudonymised?: true;
    }
  | {
      readonly kind: 'pseudonyms';
      readonly recordingId: string;
      /** Selected words that are to be replaced; empty for none. */
      readonly text: string;
    }
  /** The text that waits for this recording does not fit it. */
  | { readonly kind: 'unlikeText'; readonly recordingId: string }
  /** Models are tried on two minutes of it. */
  | { readonly kind: 'trial'; readonly recordingId: string }
  /** Recordings that their matters keep no longer. */
  | { readonly kind: 'due' }
  | { readonly kind: 'speakerCount'; readonly recordingId: string }
  | { readonly kind: 'join'; readonly recordingIds: readonly string[] }
  | { readonly kind: 'erase'; readonly recordingIds: readonly string[] };

interface NavigationStore {
  readonly route: Route;
  /** Earlier routes, the newest last. */
  readonly past: readonly Route[];
  readonly overlay: Overlay | null;
  /** The section of the settings that was shown last, by its id; null shows their first. */
  readonly settingsSection: string | null;
  /** The query in every transcript; empty shows the library. */
  readonly search: string;
}

const START: NavigationStore = {
  route: { screen: 'library', scope: { kind: 'all' } },
  past: [],
  overlay: null,
  settingsSection: null,
  search: '',
};

/** The current route, and the layer over it. */
export const useNavigation = create<NavigationStore>(() => START);

/** Navigates to a route; the old one goes on `past`. */
export function goTo(route: Route): void {
  useNavigation.setState(({ route: from, past }) => ({
    route,
    past: [...past.slice(-49), from],
    overlay: null,
  }));
}

/** Goes back to the previous route; to all recordings at the beginning. */
export function goBack(): void {
  useNavigation.setState(({ past }) => ({ route: past.at(-1) ?? START.route, past: past.slice(0, -1) }));
}

/** Shows a library scope, without search. */
export function showScope(scope: Scope): void {
  useNavigation.setState({ search: '' });
  goTo({ screen: 'library', scope });
}

/** Opens the settings: at a section, else where they were left. */
export function showSettings(section?: string): void {
  if (section !== undefined) chooseSettingsSection(section);
  goTo({ screen: 'settings' });
}

/** Chooses the section of the settings; their screen stays, and so does the keyboard. */
export function chooseSettingsSection(settingsSection: string): void {
  useNavigation.setState({ settingsSection });
}

/** The matter on the screen; null if it shows none. */
export function scopeMatterId(): string | null {
  const { route } = useNavigation.getState();
  return route.screen === 'library' && route.scope.kind === 'matter' ? route.scope.id : null;
}

/** Opens a transcript: its view state, or at a segment, playing if requested. */
export function openTranscript(recordingId: string, at: { segmentId?: string; play?: boolean } = {}): void {
  goTo({ screen: 'transcript', recordingId, segmentId: at.segmentId ?? null, play: at.play ?? false });
}

/** Opens a version of a transcript, read-only. */
export function openVersion(recordingId: string, versionId: string): void {
  const { route } = useNavigation.getState();
  const next: Route = { screen: 'version', recordingId, versionId };
  // From version to version, back leads to the text.
  if (route.screen === 'version') useNavigation.setState({ route: next, overlay: null });
  else goTo(next);
}

/** Shows the current text again: from one of its versions, or if it is open already. */
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

/** Opens a layer over the screen. */
export function showOverlay(overlay: Overlay): void {
  useNavigation.setState({ overlay });
}

/** Closes the layer over the screen. */
export function closeOverlay(): void {
  useNavigation.setState({ overlay: null });
}

/** Searches every transcript; empty ends the search. */
export function searchFor(text: string): void {
  const { route } = useNavigation.getState();
  if (text !== '' && route.screen !== 'library') goTo({ screen: 'library', scope: { kind: 'all' } });
  useNavigation.setState({ search: text });
}

/** Restores the route of an earlier page; back leads from there only to all recordings. */
export function resumeAt(here: Location): void {
  const route: Route = here.screen === 'transcript' ? { ...here, segmentId: null, play: false } : here;
  const settingsSection = here.screen === 'settings' ? (here.section ?? null) : null;
  useNavigation.setState({ ...START, route, settingsSection }, true);
}

/** Clears the store: the vault is locked. */
export function clearNavigation(): void {
  useNavigation.setState(START, true);
}
