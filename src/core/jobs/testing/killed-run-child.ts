/** A process for tests and benchmarks to kill while it transcribes: see `RunOrder`. */
import { appendFileSync } from 'node:fs';
import { installFault } from '../../fault-points.ts';
import type { RunOrder } from './killed-run.ts';
import { openPassing, openWorkspace, PLAIN_IMPORT, textInto } from './test-workspace.ts';

const order = JSON.parse(process.argv[2] ?? '') as RunOrder;
let remaining = order.killAt?.count ?? 0;
installFault((point) => {
  appendFileSync(order.log, `${point}\n`);
  if (point !== order.killAt?.point) return;
  remaining -= 1;
  if (remaining === 0) process.kill(process.pid, 'SIGKILL');
});

const workspace =
  order.vault === null ? await openPassing(order.passingParent) : await openWorkspace(order.vault);
await workspace.queue.start();
const delivery = textInto(order.out);
if ((await workspace.queue.takeUpJobOf(order.source, order.options, delivery)) === null) {
  await workspace.queue.addFile(order.source, PLAIN_IMPORT, order.options, delivery);
}
await workspace.queue.idle();
await workspace.close();
process.disconnect();
