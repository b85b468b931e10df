import { request } from '../../lib/client.ts';
import { attempt } from '../../stores/toasts.ts';

/** Stops the running backup, check or restoring. */
export function stopKeeping(): void {
  attempt(() => request('vault.stopKeeping'));
}
