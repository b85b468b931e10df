/** A process for tests and benchmarks to kill while it transcribes: see `RunOrder`. */
import { appendFileSync } from 'node:fs';
import { forkEngine } from '../../core/engine/engine-process.ts';
import { installFault } from '../../core/fault-points.ts';
import type { RunOrder } from './killed-run.ts';
import { openEphemeral, openWorkspace, PLAIN_IMPORT, textInto } from './test-workspace.ts';

const order = JSON.parse(process.argv[2] ?? '') as RunOrder;
let remaining = order.killAt?.count ?? 0;
installFault((point) => {
  appendFileSync(order.log, `${point}\n`);
  if (point !== order.killAt?.point) return;
  remaining -= 1;
  if (remaining === 0) process.kill(process.pid, 'SIGKILL');
});

const launch = order.withRealEngine === true ? { launchEngine: forkEngine } : {};
const workspace =
  order.vault === null
    ? await openEphemeral(order.ephemeralParent, launch)
    : await openWorkspace(order.vault, launch);
await workspace.queue.start();
const delivery = { ...textInto(order.out), overwrite: order.overwrite ?? true };
const takenUp = await workspace.queue.takeUpJobOf(order.source, order.options, delivery);
// A run killed after its job's end has nothing left to do.
if (takenUp === null && (await workspace.database.jobs.list()).length === 0) {
  await workspace.queue.addFile(order.source, PLAIN_IMPORT, order.options, delivery);
}
await workspace.queue.idle();
await workspace.close();
process.disconnect();
