import { useEffect, useRef, useState } from 'react';
import type { SearchHitView } from '../../../src/contract/views.ts';
import { request } from '../../lib/client.ts';
import { tellError } from '../../stores/toasts.ts';

/** Played before the hit itself, so that no first word is cut. */
const BEFORE_MS = 300;

/** Plays hits in place, one at a time. */
export interface HitPlayer {
  readonly playing: SearchHitView | null;
  /** Plays a hit, or stops it if it is playing. */
  readonly toggle: (hit: SearchHitView) => void;
}

/** A player that stops on unmount. */
export function useHitPlayer(): HitPlayer {
  const audio = useRef<HTMLAudioElement | null>(null);
  const [playing, setPlaying] = useState<SearchHitView | null>(null);
  useEffect(() => () => audio.current?.pause(), []);

  const isPlaying = playing !== null;
  useEffect(() => {
    request('app.playing', { playing: isPlaying }).catch((thrown: unknown) => tellError(thrown));
  }, [isPlaying]);

  const toggle = (hit: SearchHitView) => {
    audio.current?.pause();
    if (playing === hit) return setPlaying(null);
    // An offset in the URL makes the browser request that range at once.
    const element = new Audio(`/media/${hit.recordingId}#t=${Math.max(0, hit.startMs - BEFORE_MS) / 1000}`);
    const end = () => setPlaying((current) => (current === hit ? null : current));
    element.addEventListener('ended', end);
    audio.current = element;
    setPlaying(hit);
    element.play().catch((thrown: unknown) => {
      end();
      // Another hit was played before this one began.
      if (!(thrown instanceof DOMException && thrown.name === 'AbortError')) tellError(thrown);
    });
  };
  return { playing, toggle };
}
