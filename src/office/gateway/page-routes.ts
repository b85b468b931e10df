import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isOfficeError, OfficeError } from '../contract/office-errors.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** Where the page for browsers is, and what it needs to reach besides the gateway. */
export interface OfficePage {
  /** The folder that `npm run office:page` builds. */
  readonly folder: string;
  /** Where browsers reach the store: `https://store.example`. */
  readonly storeOrigin: string;
}

const INDEX = 'index.html';
/** What the page's own document has in the place of the nonce of this answer. */
const NONCE_PLACE = '__CSP_NONCE__';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const NOT_BUILT =
  'The page for browsers is not built here: run `npm run office:page`, then start the gateway again.\n';

/** Headers of every answer of the page: nothing but its own files is loaded, and nobody is told that it was read. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), display-capture=()',
} as const;

/**
 * Serves the page at `/`: its files are read once, and there is no other way to one than by its name. Without them `/` says that
 * the page is not built.
 */
export async function addPage(
  app: FastifyInstance,
  page: OfficePage,
  identityProvider: Pick<IdentityProvider, 'signIn'> | null,
): Promise<void> {
  const files = await filesIn(page.folder);
  const index = files.get(INDEX)?.toString('utf8');
  app.get('/', { schema: { hide: true } }, async (_, reply) => {
    const nonce = randomBytes(16).toString('base64');
    const origins = [page.storeOrigin, ...(await tokenOrigins(identityProvider))];
    reply.headers({ ...HEADERS, 'content-security-policy': policy(origins, nonce) });
    reply.header('cache-control', 'no-store');
    if (index === undefined) return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
    return reply.type(TYPES['.html'] ?? '').send(index.replaceAll(NONCE_PLACE, nonce));
  });
  app.get('/licences.md', { schema: { hide: true } }, (_, reply) => sendFile(reply, 'licences.md'));
  // One route for all, so that requests are counted by it.
  app.get<{ Params: { '*': string } }>('/assets/*', { schema: { hide: true } }, ({ params }, reply) =>
    sendFile(reply, `assets/${params['*']}`),
  );

  function sendFile(reply: FastifyReply, name: string): FastifyReply {
    const bytes = files.get(name);
    if (bytes === undefined) throw new OfficeError('request.unknown');
    // A worker's script has a policy of its own.
    reply.headers({ ...HEADERS, 'content-security-policy': policy([page.storeOrigin]) });
    // The name of an asset changes with its content.
    const isAsset = name.startsWith('assets/');
    reply.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
    return reply.type(TYPES[extname(name)] ?? 'application/octet-stream').send(bytes);
  }
}

/** Where the page redeems the code of a sign-in. While the provider is away nobody can sign in, and whoever comes back from it loads the page anew. */
async function tokenOrigins(identityProvider: Pick<IdentityProvider, 'signIn'> | null): Promise<string[]> {
  if (identityProvider === null) return [];
  try {
    return [new URL((await identityProvider.signIn()).tokenEndpoint).origin];
  } catch (error) {
    if (isOfficeError(error, 'signIn.unavailable')) return [];
    throw error;
  }
}

/** Style elements that are made at run time carry the nonce; no script is in the document. */
function policy(origins: readonly string[], nonce?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}`,
    "font-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${[...new Set(origins)].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Every file below a folder by its path there; none where there is no such folder. */
async function filesIn(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, Buffer>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), await readFile(path));
  }
  return files;
}
