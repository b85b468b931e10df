import { create } from 'zustand';
import type { OfficeJobView } from '../contract/office-api.ts';
import type { OfficeKeys } from '../sealing/key-fingerprint.ts';
import type { OwnKeys, OwnRecording } from './own/own-database.ts';
import type { PageErrorCode } from './page-errors.ts';
import { keptTheme, type Theme } from './page-memory.ts';
import type { SendingProgress } from './sending/send-lane.ts';

/** Whether this browser can seal, and keep what is sealed. */
export type Fitness = 'unknown' | 'fit' | 'insecure' | 'old';

/** What the page shows. */
export interface PageState {
  readonly fitness: Fitness;
  readonly theme: Theme;
  /** Users sign in at the house's identity provider; else there are tokens alone. */
  readonly hasProvider: boolean;
  readonly isSignedIn: boolean;
  /** The office is being asked whether the token is good. */
  readonly isSigningIn: boolean;
  readonly signInProblem: PageErrorCode | null;
  readonly keys: OwnKeys | null;
  readonly officeKeys: OfficeKeys | null;
  /** What is said before the first upload was read. */
  readonly isAgreed: boolean;
  readonly recordings: readonly OwnRecording[];
  /** Jobs by their ids, as the office told them last. */
  readonly jobs: ReadonlyMap<string, OfficeJobView>;
  /** Jobs that the office has no more. */
  readonly gone: ReadonlySet<string>;
  readonly progress: ReadonlyMap<string, SendingProgress>;
  /** The office cannot be reached, or the like. */
  readonly problem: PageErrorCode | null;
  readonly notice: string | null;
  /** Told to screen readers. */
  readonly announcement: string;
}

/** The page's state. Actions change it (`page-actions.ts`), views read it. */
export const usePage = create<PageState>(() => ({
  fitness: 'unknown',
  theme: keptTheme(),
  hasProvider: false,
  isSignedIn: false,
  isSigningIn: false,
  signInProblem: null,
  keys: null,
  officeKeys: null,
  isAgreed: false,
  recordings: [],
  jobs: new Map(),
  gone: new Set(),
  progress: new Map(),
  problem: null,
  notice: null,
  announcement: '',
}));
