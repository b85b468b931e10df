import { useEffect, useState } from 'react';
import type { PassphraseStrength } from '../../src/contract/passphrase.ts';
import { request } from '../lib/client.ts';

/** Whoever types on is not judged at every letter. */
const PAUSE_MS = 150;

/**
 * The strength of a passphrase as it is typed; null while none is known, `unknown` where it could not be found out. While the
 * next is looked for the last one stands. Where it is not wanted, nothing is asked.
 */
export function usePassphraseStrength(
  passphrase: string,
  isWanted: boolean,
): PassphraseStrength | 'unknown' | null {
  const [strength, setStrength] = useState<PassphraseStrength | 'unknown' | null>(null);
  useEffect(() => {
    if (!isWanted) return setStrength(null);
    let isCurrent = true;
    const take = (found: PassphraseStrength | 'unknown') => {
      if (isCurrent) setStrength(found);
    };
    const timer = setTimeout(() => {
      request('vault.passphraseStrength', { passphrase }).then(take, () => take('unknown'));
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [passphrase, isWanted]);
  return strength;
}
