import type { AppPhase } from '../../../src/contract/views.ts';
import { FirstRun } from './first-run.tsx';
import { RecoveryKey } from './recovery-key.tsx';
import { Unlock } from './unlock-form.tsx';

/** What stands in front of the vault, as far as the user has come. */
export function VaultGate({ phase }: { phase: Exclude<AppPhase, 'open'> }) {
  switch (phase) {
    case 'firstRun':
      return <FirstRun />;
    case 'confirmKey':
      return <RecoveryKey />;
    case 'locked':
      return <Unlock />;
  }
}
