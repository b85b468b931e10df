import { useSyncExternalStore } from 'react';
import type { OwnRecording } from '../own/own-database.ts';
import { usePage } from '../page-store.ts';

/** A text is shown under an address of its own, so that the browser's way back leads to the list. */
const PREFIX = '#text/';

/** The address of a recording's text. */
export function textAddress(id: string): string {
  return PREFIX + id;
}

/** Shows the list. */
export function showList(): void {
  location.hash = '';
}

/** The recording whose text is to be shown; null for the list. */
export function useShownText(): (OwnRecording & { jobId: string }) | null {
  const hash = useSyncExternalStore(followHash, () => location.hash);
  const recordings = usePage((page) => page.recordings);
  if (!hash.startsWith(PREFIX)) return null;
  const found = recordings.find(({ id }) => id === hash.slice(PREFIX.length));
  return found?.jobId == null ? null : { ...found, jobId: found.jobId };
}

function followHash(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
