/** A process for a test that is killed while it hands a matter over or receives one: see `HandOverKill`. */
import { installFault } from '../../core/fault-points.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import { HandOvers } from '../hand-over/hand-overs.ts';
import type { HandOverKill } from './killed-hand-over.ts';
import { PASSPHRASE } from './matter-to-hand-over.ts';
import { openWorkspace } from './test-workspace.ts';

const { vault, matterId, file, point, times } = JSON.parse(process.argv[2] ?? '') as HandOverKill;

const workspace = await openWorkspace(vault);
let reached = 0;
installFault((at) => {
  if (at === point) reached += 1;
  if (reached === times) process.kill(process.pid, 'SIGKILL');
});
const handOvers = new HandOvers(workspace, {}, HASHING_FLOOR);
const secret = { file, passphrase: PASSPHRASE };
if (matterId === null) await handOvers.receive(secret);
else await handOvers.handOver({ matterId, ...secret, withVoices: true });
await workspace.close();
