import type { AppPhase } from '../../../src/contract/views.ts';
import { FirstRun } from './first-run.tsx';
import { MissingVault } from './missing-vault.tsx';
import { MovingVault } from './moving-vault.tsx';
import { RecoveryKey } from './recovery-key.tsx';
import { Unlock } from './unlock-form.tsx';

/** The screen before the vault, by phase. */
export function VaultGate({ phase }: { phase: Exclude<AppPhase, 'open'> }) {
  switch (phase) {
    case 'firstRun':
      return <FirstRun />;
    case 'confirmKey':
      return <RecoveryKey />;
    case 'moving':
      return <MovingVault />;
    case 'missing':
      return <MissingVault />;
    case 'locked':
      return <Unlock />;
  }
}
