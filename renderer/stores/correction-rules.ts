import { useEffect, useState } from 'react';
import type { CorrectionRule } from '../../src/contract/correction-rules.ts';
import { request } from '../lib/client.ts';
import { tellError } from './toasts.ts';

/** The rules for corrections of a matter, or of the vault (null), as they are at any time; null until they are read. */
export function useCorrectionRules(matterId: string | null): readonly CorrectionRule[] | null {
  const [rules, setRules] = useState<readonly CorrectionRule[] | null>(null);
  useEffect(() => {
    let isShown = true;
    const read = () =>
      request('autoCorrections.list', { matterId }).then(
        (list) => isShown && setRules(list),
        (thrown: unknown) => tellError(thrown),
      );
    void read();
    const stop = window.voicesync.subscribe(({ event }) => {
      if (event.type === 'rulesChanged') void read();
    });
    return () => {
      isShown = false;
      stop();
    };
  }, [matterId]);
  return rules;
}
