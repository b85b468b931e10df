import { useMemo } from 'react';
import type { RecordingView } from '../../../src/contract/views.ts';
import { useArrivals } from '../../stores/arrivals.ts';
import { useArriving } from '../../stores/arriving.ts';
import { useLibrary } from '../../stores/library.ts';

/** How many new recordings come from files, and how many of them no longer need theirs. */
export interface FreshArrivals {
  readonly total: number;
  readonly safe: number;
}

/** Counts the recordings among the noticed that come from files, and the dropped files that have no recording yet. */
function freshArrivals(
  noticed: ReadonlySet<string>,
  recordings: ReadonlyMap<string, RecordingView>,
  arriving: number,
): FreshArrivals {
  const found = [...noticed].flatMap((id) => {
    const recording = recordings.get(id);
    return recording !== undefined && isFromFile(recording) && recording.binnedAtMs === null
      ? [recording]
      : [];
  });
  return { total: found.length + arriving, safe: found.filter(({ isSafe }) => isSafe).length };
}

/** What was recorded with a microphone here has no source that could be unplugged. */
export function isFromFile({ sourcePath }: Pick<RecordingView, 'sourcePath'>): boolean {
  return sourcePath !== '';
}

/** The counts of what the user has not put away yet. */
export function useFreshArrivals(): FreshArrivals {
  const noticed = useArrivals((store) => store.noticed);
  const recordings = useLibrary((store) => store.recordings);
  const arriving = useArriving(({ files, underWay }) => Math.max(files.length, underWay));
  return useMemo(() => freshArrivals(noticed, recordings, arriving), [noticed, recordings, arriving]);
}
