/**
 * `node health.ts` ends with 0 if a program of the office in the same container says that it lives: the worker or the gateway,
 * whichever there is. It loads nothing else, since it runs every few seconds.
 */
const ports = [process.env.OFFICE_HEALTH_PORT ?? '8081', process.env.OFFICE_METRICS_PORT ?? '8082'];

const answers = await Promise.allSettled(ports.map((port) => fetch(`http://127.0.0.1:${port}/healthz`)));
process.exitCode = answers.some((answer) => answer.status === 'fulfilled' && answer.value.ok) ? 0 : 1;
