/** A process for tests to kill while it records: its argument is a `KilledCapture`. */
import { installFault } from '../../fault-points.ts';
import { beginCapture, numbered } from './capture-feed.ts';
import { openCaptureVault } from './capture-vault.ts';
import type { KilledCapture } from './killed-capture-run.ts';

const { folder, recoveryKey, sampleRate, killAt } = JSON.parse(process.argv[2] ?? '') as KilledCapture;
const store = await openCaptureVault(folder, recoveryKey);
let remaining = killAt.count;
installFault((point) => {
  if (point !== killAt.point) return;
  remaining -= 1;
  if (remaining === 0) process.kill(process.pid, 'SIGKILL');
});
const recorder = await beginCapture(store, { sampleRate });
const frame = sampleRate / 50;
for (let start = 0; ; start += frame) {
  recorder.write(numbered(start, frame));
  await recorder.caughtUp();
}
