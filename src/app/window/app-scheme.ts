import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** The scheme of everything that the window loads. */
export const APP_SCHEME = 'app';

/** Origin of the app's page. */
export const APP_ORIGIN = `${APP_SCHEME}://bundle`;

/** Placeholder of the nonce in the page's HTML. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Headers of every answer under the app's scheme. */
export const COMMON_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** Answers a request for a file of the page; null for any other path. */
export type PageFiles = (path: string) => Promise<Response | null>;

/**
 * The files of the built page in `folder`, by their paths. The list is made once: no other path is served,
 * whatever it looks like. HTML gets a fresh nonce in its policy.
 */
export async function pageFiles(folder: string): Promise<PageFiles> {
  const allowed = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || TYPES[extname(entry.name)] === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    allowed.set(
      `/${file
        .slice(folder.length + 1)
        .split(sep)
        .join('/')}`,
      file,
    );
  }
  return async (path) => {
    const file = allowed.get(path === '/' ? '/index.html' : path);
    if (file === undefined) return null;
    const type = TYPES[extname(file)] ?? '';
    const headers = { ...COMMON_HEADERS, 'Content-Type': type };
    if (extname(file) !== '.html') return new Response(new Uint8Array(await readFile(file)), { headers });
    const nonce = randomBytes(18).toString('base64');
    const html = (await readFile(file, 'utf8')).replaceAll(NONCE_PLACEHOLDER, nonce);
    return new Response(html, {
      headers: { ...headers, 'Content-Security-Policy': contentSecurityPolicy(nonce) },
    });
  };
}

/** Answers everything under the app's scheme: media by id, else files of the page, else 404. */
export async function answerAppScheme(
  request: Request,
  files: PageFiles,
  media: (recordingId: string, range: string | null) => Promise<Response>,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const { origin, host, protocol, pathname } = new URL(request.url);
  // Node reports the origin of a custom scheme as "null", Chromium the true one.
  if (origin !== APP_ORIGIN && `${protocol}//${host}` !== APP_ORIGIN) return refusal(404);
  const recordingId = /^\/media\/([0-9a-f-]{36})$/.exec(pathname)?.[1];
  if (recordingId !== undefined) return await media(recordingId, request.headers.get('range'));
  return (await files(pathname)) ?? refusal(404);
}

/** An answer without content. */
export function refusal(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...COMMON_HEADERS, ...headers } });
}
