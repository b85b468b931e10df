import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { OfficeClient } from '../client/office-client.ts';
import type { SendingOptions } from '../client/send-recording.ts';
import { TenantScope } from '../contract/office-api.ts';
import { openOfficeDatabase } from '../database/office-database.db.ts';
import type { FlowLimits } from '../flow/division.ts';
import { makeToken } from '../gateway/access-tokens.ts';
import { makeOfficeKeys, privateKeyFromPem } from '../sealing/office-keys.ts';
import { type S3TestStore, startS3TestStore } from '../store/testing/s3-test-store.ts';
import { RedisServer } from './redis-server.ts';

/** What a local office is started with. */
export interface LocalOfficeOptions {
  /** A model's file. */
  readonly model: string;
  readonly workers: number;
  readonly leaseMs: number;
  /** When a recording is divided, if not as usual. */
  readonly limits?: FlowLimits;
  /** Further settings of gateway and workers. */
  readonly settings?: Readonly<Record<string, string>>;
}

const PROGRAM = join(import.meta.dirname, '../program/main.ts');
const TENANT = 'demo';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A whole office on this machine: Redis, the S3 test store, the gateway and workers as processes of their own, and a client's keys. */
export class LocalOffice implements AsyncDisposable {
  readonly folder: string;
  readonly redis: RedisServer;
  readonly store: S3TestStore;
  /** Where the gateway answers. */
  readonly address: string;
  readonly client: OfficeClient;
  /** The client's token, which signs in on the page, too. */
  readonly token: string;
  /** The client's private key, for which results are sealed. */
  readonly privateKey: ReturnType<typeof privateKeyFromPem>;
  /** Where the rows are, and the key of that file. */
  readonly database: { readonly file: string; readonly key: Buffer };
  /** For whoever does the work of a worker. */
  readonly workerToken: string;
  /** The private key of the tenant's vault. */
  readonly vaultKey: ReturnType<typeof privateKeyFromPem>;
  readonly #tokenFile: string;
  readonly #sending: Omit<SendingOptions, 'language'>;
  readonly #workerEnv: Record<string, string>;
  readonly #gateway: ChildProcess;
  readonly #workers = new Set<ChildProcess>();
  #workersSoFar = 0;

  private constructor(
    parts: Pick<
      LocalOffice,
      | 'folder'
      | 'redis'
      | 'store'
      | 'address'
      | 'client'
      | 'token'
      | 'privateKey'
      | 'vaultKey'
      | 'database'
      | 'workerToken'
    > & {
      sending: Omit<SendingOptions, 'language'>;
      tokenFile: string;
      workerEnv: Record<string, string>;
      gateway: ChildProcess;
    },
  ) {
    this.folder = parts.folder;
    this.redis = parts.redis;
    this.store = parts.store;
    this.address = parts.address;
    this.client = parts.client;
    this.token = parts.token;
    this.privateKey = parts.privateKey;
    this.vaultKey = parts.vaultKey;
    this.#tokenFile = parts.tokenFile;
    this.database = parts.database;
    this.workerToken = parts.workerToken;
    this.#sending = parts.sending;
    this.#workerEnv = parts.workerEnv;
    this.#gateway = parts.gateway;
  }

  /** Starts everything and waits until the gateway listens and the workers are ready. Throws if `redis-server` is not installed. */
  static async start({
    model,
    workers,
    leaseMs,
    limits,
    settings,
  }: LocalOfficeOptions): Promise<LocalOffice> {
    const redis = await RedisServer.start();
    const folder = await mkdtemp(join(tmpdir(), 'voicesync-office-'));
    const store = await startS3TestStore();
    const secret = async (name: string, text: string) => {
      const file = join(folder, name);
      await writeFile(file, text, { mode: 0o600 });
      return file;
    };
    const databaseKey = randomBytes(32);
    const [database, worker, own] = [join(folder, 'office.db'), makeOfficeKeys(), makeOfficeKeys()];
    const vault = makeOfficeKeys();
    const { tenantToken, workerToken } = makeTenant(database, databaseKey, vault.publicKey);
    const common = {
      ...settings,
      OFFICE_REDIS: redis.address,
      OFFICE_LEASE_MS: String(leaseMs),
      OFFICE_S3_ENDPOINT: store.place.endpoint,
      OFFICE_S3_BUCKET: store.place.bucket,
      OFFICE_S3_ACCESS_KEY: store.place.accessKeyId,
      OFFICE_S3_SECRET_KEY_FILE: await secret('s3-secret', store.place.secretAccessKey),
    };
    const gateway = started(folder, 'gateway', {
      ...common,
      OFFICE_WORKER_PUBLIC_KEYS: worker.publicKey.toString('base64'),
      OFFICE_DATABASE: database,
      OFFICE_DATABASE_KEY_FILE: await secret('database-key', databaseKey.toString('hex')),
      OFFICE_PORT: '0',
      OFFICE_METRICS_PORT: '0',
    });
    const { address } = await lineOf(gateway, 'listening');
    if (address === undefined) throw new Error('the gateway does not tell where it listens');
    const office = new LocalOffice({
      ...{ folder, redis, store, address, gateway, workerToken },
      database: { file: database, key: databaseKey },
      client: new OfficeClient({ gateway: address, token: tenantToken }),
      token: tenantToken,
      privateKey: privateKeyFromPem(own.privateKeyPem),
      vaultKey: privateKeyFromPem(vault.privateKeyPem),
      tokenFile: await secret('tenant-token', tenantToken),
      sending: {
        keys: { workers: [worker.publicKey], vault: vault.publicKey },
        replyTo: own.publicKey,
        tenantSecret: randomBytes(32),
        outbox: join(folder, 'outbox'),
      },
      workerEnv: {
        ...common,
        OFFICE_GATEWAY: address,
        OFFICE_WORKER_TOKEN_FILE: await secret('worker-token', workerToken),
        OFFICE_WORKER_KEY_FILE: await secret('worker-key', worker.privateKeyPem),
        OFFICE_MODEL: model,
        ...(limits && {
          OFFICE_LONG_MINUTES: String(limits.longMs / MINUTE_MS),
          OFFICE_WINDOW_MINUTES: String(limits.windowMs / MINUTE_MS),
        }),
        OFFICE_HEALTH_PORT: '0',
      },
    });
    await Promise.all(Array.from({ length: workers }, () => office.addWorker()));
    return office;
  }

  /** The settings of a client of this office, whose own folder this is. */
  clientEnvironment(folder: string): Record<string, string> {
    return {
      OFFICE_GATEWAY: this.address,
      OFFICE_CLIENT_TOKEN_FILE: this.#tokenFile,
      OFFICE_CLIENT_FOLDER: folder,
      OFFICE_LANGUAGE: 'en',
    };
  }

  /** How this office's client seals what it sends. */
  sending(language: SendingOptions['language']): SendingOptions {
    return { ...this.#sending, language };
  }

  /** Starts one more worker, and waits until it takes jobs. */
  async addWorker(): Promise<void> {
    this.#workersSoFar += 1;
    const worker = started(this.folder, `worker-${this.#workersSoFar}`, this.#workerEnv);
    this.#workers.add(worker);
    worker.once('exit', () => this.#workers.delete(worker));
    await lineOf(worker, 'ready');
  }

  /** Kills one of the workers, with what it has taken: the one that was started first, or another by its place. */
  async killWorker(place = 0): Promise<void> {
    const worker = [...this.#workers][place];
    if (worker === undefined) return;
    const exited = once(worker, 'exit');
    worker.kill('SIGKILL');
    await exited;
  }

  /** Ends everything; workers finish their jobs. Results that were saved elsewhere stay. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#workers].map(ended));
    await ended(this.#gateway);
    await this.store.close();
    await this.redis[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The tenant's tokens and the public key of its vault. */
function makeTenant(
  file: string,
  key: Buffer,
  vaultKey: Uint8Array,
): { tenantToken: string; workerToken: string } {
  const database = openOfficeDatabase(file, key);
  try {
    const expiresAtMs = Date.now() + DAY_MS;
    database.tenants.make(TENANT, {}, Date.now());
    database.tenantKeys.setVaultKey(TENANT, vaultKey, Date.now());
    return {
      tenantToken: makeToken(database.tokens, { tenantId: TENANT, scopes: TenantScope.options, expiresAtMs }),
      workerToken: makeToken(database.tokens, { tenantId: 'workers', scopes: ['work'], expiresAtMs }),
    };
  } finally {
    database.close();
  }
}

/** Starts one of the office's programs, whose lines go into a log of its own. */
function started(folder: string, name: string, settings: Record<string, string>): ChildProcess {
  const [command = ''] = name.split('-');
  const child = spawn(process.execPath, [PROGRAM, command], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(join(folder, `${name}.log`));
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  child.once('exit', () => log.end());
  return child;
}

/** The first line of a program about an event. Throws if it ends before. */
async function lineOf(child: ChildProcess, event: string): Promise<Record<string, string>> {
  if (child.stdout === null) throw new Error('the program has no output');
  const said: string[] = [];
  child.stderr?.on('data', (data: Buffer) => said.push(data.toString()));
  for await (const line of createInterface(child.stdout)) {
    if (line.includes(`"event":"${event}"`)) return JSON.parse(line) as Record<string, string>;
  }
  throw new Error(`a program of the office ended: ${said.join('')}`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
