import { AppError } from '../../../contract/errors.ts';
import type { MediaFacts } from '../../../contract/recording.ts';

/**
 * The audio stream to import: the only one, or the one the user named. Users count tracks from 1, containers all
 * their streams from 0. Throws `media.severalTracks` if the user must choose, `media.noSuchTrack`, `media.noAudio`.
 */
export function chooseTrack(file: string, facts: MediaFacts, wanted: number | 'mix' | null): number | 'mix' {
  const tracks = facts.tracks.map((track) => track.index);
  const [only] = tracks;
  if (only === undefined) throw new AppError('media.noAudio', { file: file });
  if (wanted === 'mix') return tracks.length === 1 ? only : 'mix';
  const names = facts.tracks.map(trackName);
  if (wanted !== null) {
    const chosen = tracks[wanted - 1];
    if (chosen === undefined)
      throw new AppError('media.noSuchTrack', { file: file, track: wanted, tracks: names });
    return chosen;
  }
  if (tracks.length > 1) throw new AppError('media.severalTracks', { file: file, tracks: names });
  return only;
}

function trackName(track: MediaFacts['tracks'][number], position: number): string {
  const facts = [track.title, track.language, track.codec, `${track.channels} ch`].filter(
    (fact) => fact !== null,
  );
  return `${position + 1}: ${facts.join(', ')}`;
}

/** Number of PCM channels of a track. */
export function channelsOf(facts: MediaFacts, track: number | 'mix'): number {
  if (track === 'mix') return 1;
  return facts.tracks.find((candidate) => candidate.index === track)?.channels ?? 1;
}
