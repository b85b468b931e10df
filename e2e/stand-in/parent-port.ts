/** Loaded first in a utility process: what Electron adds to `process` there. */
import { EventEmitter } from 'node:events';
import { sep } from 'node:path';

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => void process.send?.(message),
  start: () => undefined,
  pause: () => undefined,
});
const [resourcesPath, inArchive] = (process.argv[1] ?? '').split(`${sep}app.asar${sep}`);
Object.assign(process, { type: 'utility', parentPort, ...(inArchive !== undefined && { resourcesPath }) });
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
process.on('disconnect', () => process.exit(0));
