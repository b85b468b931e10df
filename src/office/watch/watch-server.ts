import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

/** What is told beside a program's own business. */
export interface WatchServerParts {
  /** Nothing listens on it but this: tenants have no way to it. */
  readonly port: number;
  /** All addresses of the machine if undefined. */
  readonly host?: string;
  readonly registry: Registry;
  readonly isReady: () => boolean;
  readonly onError: (error: unknown) => void;
}

/** A listener for those who look after the office. */
export interface WatchServer {
  readonly port: number;
  close(): void;
}

/**
 * Listens on a port of its own: `/metrics` in Prometheus's text format, `/healthz` answers 200 while the process lives, `/readyz`
 * while it is ready for its business, else 503.
 */
export async function openWatchServer(parts: WatchServerParts): Promise<WatchServer> {
  const server: Server = createServer(async (request, response) => {
    try {
      if (request.url === '/metrics') {
        const text = await parts.registry.metrics();
        response.writeHead(200, { 'content-type': parts.registry.contentType }).end(text);
      } else if (request.url === '/healthz') response.writeHead(200).end();
      else if (request.url === '/readyz') response.writeHead(parts.isReady() ? 200 : 503).end();
      else response.writeHead(404).end();
    } catch (error) {
      parts.onError(error);
      response.writeHead(500).end();
    }
  });
  server.listen(parts.port, parts.host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
