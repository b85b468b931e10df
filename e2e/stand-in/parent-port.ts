/** Loaded first in a utility process: the `process.parentPort` of Electron. */
import { EventEmitter } from 'node:events';

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => void process.send?.(message),
  start: () => undefined,
  pause: () => undefined,
});
Object.assign(process, { type: 'utility', parentPort });
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
process.on('disconnect', () => process.exit(0));
