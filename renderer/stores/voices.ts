import { useEffect, useState } from 'react';
import type { KnownVoiceView } from '../../src/contract/speakers.ts';
import { request } from '../lib/client.ts';
import { tellError } from './toasts.ts';

/** The voices that a matter remembers, or all matters (null), as they are at any time; null until they are read. */
export function useKnownVoices(matterId: string | null): readonly KnownVoiceView[] | null {
  const [voices, setVoices] = useState<readonly KnownVoiceView[] | null>(null);
  useEffect(() => {
    let isShown = true;
    const read = () =>
      request('voices.list', { matterId }).then(
        (list) => isShown && setVoices(list),
        (thrown: unknown) => tellError(thrown),
      );
    void read();
    // A matter that is deleted takes its voices with it.
    const stop = window.voicesync.subscribe(({ event }) => {
      if (event.type === 'voicesChanged' || event.type === 'mattersChanged') void read();
    });
    return () => {
      isShown = false;
      stop();
    };
  }, [matterId]);
  return voices;
}
