import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE } from './node-executable.ts';

/** What a second start sends to the first. */
export interface SecondStart {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly additionalData?: unknown;
}

// Connecting is asynchronous, but Electron's call is synchronous: another process does it.
const TELL_FIRST = `
  const socket = require('node:net').connect(process.argv[1], () => socket.end(process.argv[2]));
  socket.on('error', () => process.exit(1));
`;

/** An app's single-instance lock on a data folder: a socket, which the system closes with its process. */
export class SingleInstance {
  private server: Server | undefined;

  get isHeld(): boolean {
    return this.server !== undefined;
  }

  /** True if this start is the first; else the first is notified. */
  acquire(folder: string, start: SecondStart, onSecond: (second: SecondStart) => void): boolean {
    if (this.isHeld) return true;
    mkdirSync(folder, { recursive: true });
    // A socket's path must be short.
    const socket = join(
      tmpdir(),
      `vs-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.sock`,
    );
    const told = spawnSync(NODE, ['-e', TELL_FIRST, socket, JSON.stringify(start)], {
      env: {},
      stdio: 'ignore',
    });
    if (told.status === 0) return false;
    rmSync(socket, { force: true });
    this.server = createServer({ allowHalfOpen: false }, (connection) => {
      const parts: Buffer[] = [];
      connection.on('data', (bytes) => parts.push(bytes));
      connection.on('end', () => onSecond(JSON.parse(Buffer.concat(parts).toString('utf8'))));
    }).listen(socket);
    this.server.unref();
    process.once('exit', () => rmSync(socket, { force: true }));
    return true;
  }

  release(): void {
    this.server?.close();
    this.server = undefined;
  }
}
