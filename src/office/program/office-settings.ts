import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from '../../contract/schema.ts';
import { PublicKey } from '../contract/office-keys-api.ts';
import { type IdentityProviderSettings, SafeUrl } from '../gateway/identity-provider.ts';
import { privateKeyFromPem } from '../sealing/office-keys.ts';
import { ScalingVariables } from './scaling-variables.ts';

/**
 * The settings of the office's programs, from environment variables. Secrets are never values there, where every program of the
 * same user can read them: they are files, as containers get them.
 */
const Store = z.object({
  OFFICE_S3_ENDPOINT: z.url(),
  /** As clients reach it, if that differs. */
  OFFICE_S3_PUBLIC_ENDPOINT: z.url().optional(),
  OFFICE_S3_REGION: z.string().default('us-east-1'),
  OFFICE_S3_BUCKET: z.string().min(1),
  OFFICE_S3_ACCESS_KEY: z.string().min(1),
  OFFICE_S3_SECRET_KEY_FILE: z.string().min(1),
});

const Database = z.object({
  OFFICE_DATABASE: z.string().min(1),
  /** 32 random bytes in hex. */
  OFFICE_DATABASE_KEY_FILE: z.string().min(1),
});

/** `redis://host:port`, `rediss://…`, or the path of a socket. */
const redis = z.string().min(1);

/**
 * Milliseconds that a job stays a worker's without a sign of life, of which it gives three in that time: after a worker's death its
 * job waits so long for another. The same for the gateway and all workers.
 */
const lease = z.coerce.number().int().min(1_000).default(30_000);

/** Where spans are sent, by OTLP over HTTP: `http://collector:4318`. Without it none leave. */
const otlp = z.url().optional();

const port = z.coerce.number().int().min(0).max(65_535);

const Gateway = Store.extend(Database.shape).extend({
  OFFICE_REDIS: redis,
  OFFICE_LEASE_MS: lease,
  OFFICE_OTLP_ENDPOINT: otlp,
  /** Or in a file, as `setup` makes it. */
  OFFICE_WORKER_PUBLIC_KEYS_FILE: z.string().min(1).optional(),
  /** Tokens that were made before there was a database: that of the workers, */
  OFFICE_WORKER_TOKEN_FILE: z.string().min(1).optional(),
  /** and that of what starts and ends workers. */
  OFFICE_SCALER_TOKEN_FILE: z.string().min(1).optional(),
  /** The folder of the page for browsers, as `npm run office:page` builds it. */
  OFFICE_PAGE: z.string().default(join(import.meta.dirname, '../../../out.office/page')),
  OFFICE_HOST: z.string().default('127.0.0.1'),
  OFFICE_PORT: port.default(8080),
  /** Where `/metrics`, `/healthz` and `/readyz` answer, apart from what tenants reach; 0 for any free port. */
  OFFICE_METRICS_HOST: z.string().default('127.0.0.1'),
  OFFICE_METRICS_PORT: port.default(8082),
});

/** The house's identity provider. */
const Oidc = z
  .object({
    /** As its tokens name it. */
    OFFICE_OIDC_ISSUER: SafeUrl,
    /** Whom its access tokens are for, if they are for the gateway, */
    OFFICE_OIDC_AUDIENCE: z.string().min(1),
    /** and the page's client. */
    OFFICE_OIDC_CLIENT_ID: z.string().min(1),
    OFFICE_OIDC_SCOPE: z.string().default('openid'),
    OFFICE_OIDC_TENANT_CLAIM: z.string().min(1).default('tenant'),
    OFFICE_OIDC_ROLES_CLAIM: z.string().min(1).default('roles'),
  })
  .refine((oidc) => oidc.OFFICE_OIDC_AUDIENCE !== oidc.OFFICE_OIDC_CLIENT_ID, {
    path: ['OFFICE_OIDC_AUDIENCE'],
    error: 'must not be the client id, or ID tokens would be let in',
  });

/** Told to clients, which seal for them: base64, with blanks or commas between. */
const WorkerPublicKeys = z.object({
  OFFICE_WORKER_PUBLIC_KEYS: z
    .string()
    .transform((keys) => keys.split(/[\s,]+/).filter((key) => key !== ''))
    .pipe(z.array(PublicKey).min(1).max(8)),
});

const Worker = Store.extend({
  OFFICE_REDIS: redis,
  OFFICE_LEASE_MS: lease,
  OFFICE_OTLP_ENDPOINT: otlp,
  OFFICE_GATEWAY: z.url(),
  OFFICE_WORKER_TOKEN_FILE: z.string().min(1),
  /** An X25519 key as PKCS #8 in PEM. */
  OFFICE_WORKER_KEY_FILE: z.string().min(1),
  /** An installed model's name or a file. */
  OFFICE_MODEL: z.string().min(1),
  /** A recording of more minutes is divided, */
  OFFICE_LONG_MINUTES: z.coerce.number().positive().default(20),
  /** into windows of about so many. */
  OFFICE_WINDOW_MINUTES: z.coerce.number().positive().default(10),
  /** Where `/metrics`, `/healthz` and `/readyz` answer; 0 for any free port. */
  OFFICE_HEALTH_PORT: port.default(8081),
});

const MINUTE_MS = 60_000;

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Throws a sentence that names the variables that are missing or wrong. */
export function settingsOf<S extends z.ZodType>(schema: S, env: Environment): z.output<S> {
  const { success, data, error } = schema.safeParse(env);
  if (success) return data;
  const wrong = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`These environment variables are missing or wrong:\n${wrong.join('\n')}`);
}

/** What a secret's file holds, without the line break that editors add. */
export async function secretIn(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trim();
}

/** The secret in a file; null where no file is named. */
export async function secretOrNull(file: string | undefined): Promise<string | null> {
  return file === undefined ? null : await secretIn(file);
}

/** Where the store is, and who the office is there. Throws for what is missing. */
export async function storeSettings(env: Environment) {
  const store = settingsOf(Store, env);
  return {
    endpoint: store.OFFICE_S3_ENDPOINT,
    ...(store.OFFICE_S3_PUBLIC_ENDPOINT && { publicEndpoint: store.OFFICE_S3_PUBLIC_ENDPOINT }),
    region: store.OFFICE_S3_REGION,
    bucket: store.OFFICE_S3_BUCKET,
    accessKeyId: store.OFFICE_S3_ACCESS_KEY,
    secretAccessKey: await secretIn(store.OFFICE_S3_SECRET_KEY_FILE),
  };
}

/** Where the office's database is, and its key. Throws for what is missing. */
export async function databaseSettings(env: Environment) {
  const { OFFICE_DATABASE, OFFICE_DATABASE_KEY_FILE } = settingsOf(Database, env);
  const hex = await secretIn(OFFICE_DATABASE_KEY_FILE);
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new Error(`${OFFICE_DATABASE_KEY_FILE} must hold 32 bytes in hex`);
  return { file: OFFICE_DATABASE, key: Buffer.from(hex, 'hex') };
}

/** The house's identity provider; null where none is set. Throws for what is missing. */
function oidcSettings(env: Environment): IdentityProviderSettings | null {
  if (env.OFFICE_OIDC_ISSUER === undefined) return null;
  const oidc = settingsOf(Oidc, env);
  return {
    issuer: oidc.OFFICE_OIDC_ISSUER,
    audience: oidc.OFFICE_OIDC_AUDIENCE,
    clientId: oidc.OFFICE_OIDC_CLIENT_ID,
    scope: oidc.OFFICE_OIDC_SCOPE,
    tenantClaim: oidc.OFFICE_OIDC_TENANT_CLAIM,
    rolesClaim: oidc.OFFICE_OIDC_ROLES_CLAIM,
  };
}

/** The gateway's settings. Throws for what is missing. */
export async function gatewaySettings(env: Environment) {
  const settings = settingsOf(Gateway, env);
  const keysFile = settings.OFFICE_WORKER_PUBLIC_KEYS_FILE;
  const keys = keysFile ? await secretIn(keysFile) : env.OFFICE_WORKER_PUBLIC_KEYS;
  const { OFFICE_WORKER_PUBLIC_KEYS } = settingsOf(WorkerPublicKeys, { OFFICE_WORKER_PUBLIC_KEYS: keys });
  const store = await storeSettings(env);
  return {
    store,
    page: {
      folder: settings.OFFICE_PAGE,
      storeOrigin: new URL(store.publicEndpoint ?? store.endpoint).origin,
    },
    database: await databaseSettings(env),
    redis: settings.OFFICE_REDIS,
    leaseMs: settings.OFFICE_LEASE_MS,
    otlpEndpoint: settings.OFFICE_OTLP_ENDPOINT ?? null,
    workerKeys: OFFICE_WORKER_PUBLIC_KEYS.map((key) => Buffer.from(key, 'base64')),
    givenTokens: {
      work: await secretOrNull(settings.OFFICE_WORKER_TOKEN_FILE),
      scale: await secretOrNull(settings.OFFICE_SCALER_TOKEN_FILE),
    },
    host: settings.OFFICE_HOST,
    port: settings.OFFICE_PORT,
    scaling: settingsOf(ScalingVariables, env),
    oidc: oidcSettings(env),
    metrics: { host: settings.OFFICE_METRICS_HOST, port: settings.OFFICE_METRICS_PORT },
  };
}

/** A worker's settings. Throws for what is missing. */
export async function workerSettings(env: Environment) {
  const settings = settingsOf(Worker, env);
  return {
    store: await storeSettings(env),
    redis: settings.OFFICE_REDIS,
    leaseMs: settings.OFFICE_LEASE_MS,
    otlpEndpoint: settings.OFFICE_OTLP_ENDPOINT ?? null,
    gateway: settings.OFFICE_GATEWAY,
    token: await secretIn(settings.OFFICE_WORKER_TOKEN_FILE),
    privateKey: privateKeyFromPem(await secretIn(settings.OFFICE_WORKER_KEY_FILE)),
    model: settings.OFFICE_MODEL,
    limits: {
      longMs: settings.OFFICE_LONG_MINUTES * MINUTE_MS,
      windowMs: settings.OFFICE_WINDOW_MINUTES * MINUTE_MS,
    },
    healthPort: settings.OFFICE_HEALTH_PORT,
  };
}
