import { Failure } from './errors.ts';
import { PlaceSize } from './places.ts';
import { z } from './schema.ts';

/** From which folder the vault is moved into which. */
export const VaultMoving = z.object({ from: z.string(), to: z.string() });
export type VaultMoving = z.infer<typeof VaultMoving>;

/** A move that would be possible: what it copies, and the room for it. */
export const PlannedVaultMove = VaultMoving.extend({ ...PlaceSize.shape, freeBytes: PlaceSize.shape.bytes });
export type PlannedVaultMove = z.infer<typeof PlannedVaultMove>;

/** How a move has ended; if not `moved`, the vault is where it was. `failure` tells why it failed. */
export const VaultMoved = VaultMoving.extend({
  how: z.enum(['moved', 'stopped', 'failed']),
  failure: Failure.nullable(),
});
export type VaultMoved = z.infer<typeof VaultMoved>;
