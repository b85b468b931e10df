import { Redis } from 'ioredis';

/** The name of the queue in Redis. Its jobs carry nothing but their ids. */
export const QUEUE_NAME = 'transcribe';

/** Where Redis is: `redis://host:port`, `rediss://…`, or the path of a socket. */
export type RedisAddress = string;

/** Connects, and goes on connecting: a command that is sent while Redis is away is carried out when it is back. */
export function connectRedis(address: RedisAddress): Redis {
  const redis = new Redis(address, {
    maxRetriesPerRequest: null,
    retryStrategy: (tries) => Math.min(tries * 100, 2_000),
  });
  // Without a listener an unreachable Redis would end the process. Whoever asks it for something meets the error.
  redis.on('error', () => undefined);
  return redis;
}
