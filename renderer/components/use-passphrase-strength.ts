import { useEffect, useState } from 'react';
import type { PassphraseStrength } from '../../src/contract/passphrase.ts';
import { request } from '../lib/client.ts';

/** No estimate per character while typing. */
const PAUSE_MS = 150;

/**
 * The strength of a passphrase as typed; null while unknown, `unknown` if it could not be estimated. Until the next
 * estimate the last one is kept. If not wanted, no request is made.
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
