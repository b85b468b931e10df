import { type Command, InvalidArgumentError } from 'commander';
import type { ChainHead } from '../../core/audit/chain.ts';
import { TenantId, type TenantSettings } from '../contract/office-access.ts';
import { TenantScope, TokenScope } from '../contract/office-api.ts';
import { PublicKey } from '../contract/office-keys-api.ts';
import { type OfficeDatabase, openOfficeDatabase } from '../database/office-database.db.ts';
import { idOfToken, makeToken } from '../gateway/access-tokens.ts';
import { databaseSettings } from './office-settings.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const PAGE_LENGTH = 500;

/** Who the audit log tells of what is done by these commands. */
const detail = { actor: 'operator' };

/** The commands of whoever looks after the office about its tenants, their tokens and audit logs. They work beside a running gateway. */
export function addTenantCommands(program: Command): void {
  program
    .command('tenant')
    .description('Make a tenant, change what it may use, and print that with what it uses')
    .argument('<id>', 'a-z, 0-9 and -', tenantOf)
    .option('--weight <number>', 'its share of the turns, 1 for an equal one', numberOf)
    .option('--open-jobs <number>', 'jobs and uploads that have not ended, or none for no limit', limitOf)
    .option('--bytes-a-day <number>', 'sealed bytes sent in a day, UTC, or none', limitOf)
    .option('--stored-bytes <number>', 'sealed bytes of all recordings, or none', limitOf)
    .option('--requests-a-minute <number>', 'of all its users and tokens together', numberOf)
    .option('--requests-a-minute-of-one <number>', 'of each', numberOf)
    .action((id: string, options: Partial<Record<keyof TenantSettings, number | 'none'>>) => {
      const settings = Object.entries(options).map(([name, value]) => [
        name,
        value === 'none' ? null : value,
      ]);
      return withDatabase((database) => changeTenant(database, id, Object.fromEntries(settings)));
    });

  program
    .command('tenants')
    .description('List the tenants')
    .action(() =>
      withDatabase(({ tenants }) => {
        for (const { id, ...settings } of tenants.list()) {
          print({ id, settings, usage: tenants.usage(id, Date.now()) });
        }
      }),
    );

  program
    .command('token')
    .description('Make an access token, and print it this once; or revoke one')
    .option('--tenant <id>', 'whose recordings it is for; workers’ tokens have a tenant of their own')
    .option('--scopes <list>', `what it allows, of ${TokenScope.options.join(', ')}`)
    .option('--days <number>', 'how long it is valid', numberOf, 90)
    .option('--revoke <id>', 'instead: the id of a token, as `tokens` lists it')
    .action((options: TokenOptions) => withDatabase((database) => changeTokens(database, options)));

  program
    .command('tokens')
    .description('List the access tokens of a tenant')
    .requiredOption('--tenant <id>')
    .action(({ tenant }: { tenant: string }) =>
      withDatabase(({ tokens }) => {
        for (const { id, scopes, expiresAtMs } of tokens.list(tenant)) {
          print({ id, scopes, expires: new Date(expiresAtMs).toISOString() });
        }
      }),
    );

  program
    .command('vault-key')
    .description(
      'Set for which vault’s public key a tenant’s recordings and results are sealed; clients compare the fingerprint',
    )
    .requiredOption('--tenant <id>', 'whose vault it is')
    .argument('[key]', 'in base64, as `keys` prints it; none takes the key away')
    .action((key: string | undefined, { tenant }: { tenant: string }) =>
      withDatabase((database) => setVaultKey(database, tenant, key)),
    );

  program
    .command('audit')
    .description(
      'Print the audit log of a tenant and check its chain; fails if an entry was changed or is missing',
    )
    .requiredOption('--tenant <id>')
    .option('--head <number:hash>', 'the last line of an earlier time, which must be in the log', headOf)
    .action(({ tenant, head }: { tenant: string; head?: ChainHead }) =>
      withDatabase((database) => printAudit(database, tenant, head)),
    );
}

interface TokenOptions {
  readonly tenant?: string;
  readonly scopes?: string;
  readonly days: number;
  readonly revoke?: string;
}

function changeTenant(database: OfficeDatabase, id: string, wanted: Partial<TenantSettings>): void {
  const atMs = Date.now();
  const settings = database.transaction(() => {
    const { tenants, audit } = database;
    if (tenants.get(id) !== null && Object.keys(wanted).length === 0) return tenants.settings(id);
    const changed = tenants.make(id, wanted, atMs);
    audit.append({
      ...{ tenantId: id, atMs, action: 'tenant.changed', subjectId: null },
      detail: { ...detail, settings: changed },
    });
    return changed;
  });
  print({ id, settings, usage: database.tenants.usage(id, atMs) });
}

function changeTokens(database: OfficeDatabase, { tenant, scopes, days, revoke }: TokenOptions): void {
  if (revoke !== undefined) revokeToken(database, revoke);
  else if (tenant === undefined || scopes === undefined) throw new Error('--tenant and --scopes are missing');
  else addToken(database, tenant, scopes, days);
}

function addToken(database: OfficeDatabase, tenantId: string, list: string, days: number): void {
  const atMs = Date.now();
  const scopes = list.split(',').map((scope) => TokenScope.parse(scope.trim()));
  const expiresAtMs = atMs + days * DAY_MS;
  const token = database.transaction(() => {
    const made = makeToken(database.tokens, { tenantId, scopes, expiresAtMs }, atMs);
    const isTenant = scopes.every((scope) => TenantScope.safeParse(scope).success);
    if (isTenant && database.tenants.get(tenantId) === null) database.tenants.make(tenantId, {}, atMs);
    database.audit.append({
      ...{ tenantId, atMs, action: 'token.made', subjectId: idOfToken(made) },
      detail: { ...detail, scopes, expiresAtMs },
    });
    return made;
  });
  process.stdout.write(`${token}\n`);
}

function revokeToken(database: OfficeDatabase, id: string): void {
  database.transaction(() => {
    const { tokens, audit } = database;
    const token = tokens.get(id);
    if (token === null) throw new Error('there is no token of this id');
    tokens.remove(id);
    const { tenantId } = token;
    audit.append({ tenantId, atMs: Date.now(), action: 'token.revoked', subjectId: id, detail });
  });
}

function setVaultKey(database: OfficeDatabase, tenantId: string, key: string | undefined): void {
  const vaultKey = key === undefined ? null : Buffer.from(PublicKey.parse(key), 'base64');
  const atMs = Date.now();
  database.transaction(() => {
    database.tenantKeys.setVaultKey(tenantId, vaultKey, atMs);
    database.audit.append({ tenantId, atMs, action: 'vaultKey.changed', subjectId: null, detail });
  });
}

function printAudit({ audit }: OfficeDatabase, tenantId: string, head: ChainHead | undefined): void {
  let after = 0;
  for (;;) {
    const page = audit.page(tenantId, after, PAGE_LENGTH);
    for (const { atMs, ...entry } of page) print({ time: new Date(atMs).toISOString(), ...entry });
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.sequence;
  }
  const end = audit.end(tenantId);
  const faults = audit.verify(tenantId, head);
  for (const fault of faults) process.stderr.write(`${JSON.stringify(fault)}\n`);
  if (faults.length > 0) throw new Error('the audit log is not as it was written');
  process.stderr.write(`sound, head ${end.sequence}:${end.hash.toString('hex')}\n`);
}

async function withDatabase(work: (database: OfficeDatabase) => void): Promise<void> {
  const { file, key } = await databaseSettings(process.env);
  const database = openOfficeDatabase(file, key);
  try {
    work(database);
  } finally {
    database.close();
  }
}

function tenantOf(text: string): string {
  if (!TenantId.safeParse(text).success)
    throw new InvalidArgumentError('A tenant is named by a-z, 0-9 and -.');
  return text;
}

function numberOf(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError('It must be a number above 0.');
  return number;
}

function limitOf(text: string): number | 'none' {
  if (text === 'none') return text;
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number, or none.');
  return Number(text);
}

function headOf(text: string): ChainHead {
  const [, sequence, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence === undefined || hash === undefined) {
    throw new InvalidArgumentError('It must be a number, a colon and a hash.');
  }
  return { sequence: Number(sequence), hash: Buffer.from(hash, 'hex') };
}

function print(facts: object): void {
  process.stdout.write(`${JSON.stringify(facts)}\n`);
}
