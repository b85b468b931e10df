declare module '@20minutes/s3rver' {
  import type { AddressInfo } from 'node:net';

  /** What S3rver's requests have that the test store uses. */
  export interface Context {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
    readonly headers: Readonly<Record<string, string | undefined>>;
    params: Record<string, string>;
    status: number;
    body: unknown;
  }

  export default class S3rver {
    constructor(options: {
      address: string;
      port: number;
      silent: boolean;
      directory: string;
      vhostBuckets: boolean;
      configureBuckets: { name: string; configs?: string[] }[];
    });
    readonly middleware: ((context: Context, next: () => Promise<void>) => Promise<void>)[];
    readonly store: { getResourcePath(bucket: string, key: string | undefined, resource: string): string };
    run(): Promise<AddressInfo>;
    close(): Promise<void>;
    readonly httpServer: { closeAllConnections(): void };
  }
}

declare module '@20minutes/s3rver/lib/middleware/authentication.js' {
  import type { Context } from '@20minutes/s3rver';

  /** Refuses a request whose signature is wrong or expired. */
  export default function authentication(): (context: Context, next: () => Promise<void>) => Promise<void>;
}
