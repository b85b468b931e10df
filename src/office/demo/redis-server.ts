import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRedis } from '../queue/redis-connection.ts';

/** A Redis of its own on a socket in a temporary folder, durable as in production. Needs Debian's `redis-server`. */
export class RedisServer implements AsyncDisposable {
  readonly folder: string;
  readonly address: string;
  #child: ChildProcess | null = null;

  private constructor(folder: string) {
    this.folder = folder;
    this.address = join(folder, 'redis.sock');
  }

  /** Starts one. Throws if `redis-server` is not installed. */
  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await mkdtemp(join(tmpdir(), 'voicesync-redis-')));
    await server.start();
    return server;
  }

  /** Starts it over the files of its last run, and waits until it answers. */
  async start(): Promise<void> {
    const options = ['--port', '0', '--unixsocket', this.address, '--dir', this.folder, '--save', ''];
    const durable = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction'];
    const child = spawn('redis-server', [...options, ...durable], { stdio: 'ignore' });
    await once(child, 'spawn').catch((error: unknown) => {
      throw new Error('redis-server is missing: install it with `apt-get install redis-server`', {
        cause: error,
      });
    });
    this.#child = child;
    const redis = connectRedis(this.address);
    try {
      await redis.ping();
    } finally {
      redis.disconnect();
    }
  }

  /** Kills it, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}
