import { SPEAKER_FRAMES } from '../../contract/speaker-models.ts';
import { ACTIVE, ACTIVITY_FRAME_MS } from './local-activity.ts';
import { LOCAL_SPEAKERS } from './part-voices.ts';

/** Pauses of a local speaker up to this length are part of a stretch, unless somebody else talks in them. */
const PAUSE_FRAMES = Math.round(300 / ACTIVITY_FRAME_MS);

const LOCALS = Array.from({ length: LOCAL_SPEAKERS }, (_, local) => local);

/** Frames in which one local speaker talks, alone or not: from `start` up to but not including `end`. */
export interface LocalStretch {
  readonly local: number;
  readonly start: number;
  readonly end: number;
}

/** The stretches in which a local speaker talks, alone or not, in order; short pauses are part of them. */
export function localStretches(activity: Uint8Array, local: number): LocalStretch[] {
  return stretchesWhere(local, (frame) => {
    if (talks(activity, frame, local)) return 'talks';
    return talking(activity, frame) > 0 ? 'breaks' : 'pause';
  });
}

/** The stretches in which one local speaker talks and nobody else does. */
export function aloneStretches(activity: Uint8Array): (LocalStretch & { isAlone: true })[] {
  return LOCALS.flatMap((local) =>
    stretchesWhere(local, (frame) => {
      const count = talking(activity, frame);
      if (count === 0) return 'pause';
      return count === 1 && talks(activity, frame, local) ? 'talks' : 'breaks';
    }).map((stretch) => ({ ...stretch, isAlone: true as const })),
  );
}

/** The stretches in which several local speakers talk at once. */
export function mixedStretches(activity: Uint8Array): (LocalStretch & { isAlone: false })[] {
  return stretchesWhere(0, (frame) => (talking(activity, frame) > 1 ? 'talks' : 'pause')).map((stretch) => ({
    ...stretch,
    isAlone: false as const,
  }));
}

function stretchesWhere(local: number, at: (frame: number) => 'talks' | 'pause' | 'breaks'): LocalStretch[] {
  const stretches: { local: number; start: number; end: number }[] = [];
  let pause = PAUSE_FRAMES + 1;
  for (let frame = 0; frame < SPEAKER_FRAMES; frame += 1) {
    const state = at(frame);
    if (state !== 'talks') {
      pause = state === 'breaks' ? PAUSE_FRAMES + 1 : pause + 1;
      continue;
    }
    const last = stretches.at(-1);
    if (last !== undefined && pause <= PAUSE_FRAMES) last.end = frame + 1;
    else stretches.push({ local, start: frame, end: frame + 1 });
    pause = 0;
  }
  return stretches;
}

function talks(activity: Uint8Array, frame: number, local: number): boolean {
  return (activity[frame * LOCAL_SPEAKERS + local] as number) > ACTIVE;
}

/** How many local speakers talk in a frame. */
function talking(activity: Uint8Array, frame: number): number {
  return LOCALS.filter((local) => talks(activity, frame, local)).length;
}
