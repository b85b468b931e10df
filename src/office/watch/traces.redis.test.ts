import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { make, RECORDINGS } from '../../app/testing/short-recordings.ts';
import { SAMPLE_OPTIONS } from '../../app/testing/test-workspace.ts';
import { z } from '../../contract/schema.ts';
import { fetchResult, sendRecording, waitForJob } from '../client/send-recording.ts';
import { LocalOffice } from '../demo/local-office.ts';

/** In the file's name alone. */
const PLANTED = 'Thornfieldsecret';

/** A span begins at a whole millisecond and lasts as long as a finer clock says: what ended before another may seem to end so much after it. */
const TICK_NS = 1_000_000n;

/** What the test reads of OTLP's `ExportTraceServiceRequest` in JSON. */
const Sent = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({
        attributes: z.array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })),
      }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              startTimeUnixNano: z.coerce.bigint(),
              endTimeUnixNano: z.coerce.bigint(),
              attributes: z.array(z.object({ key: z.string() })).default([]),
            }),
          ),
        }),
      ),
    }),
  ),
});

type Span = z.output<typeof Sent>['resourceSpans'][number]['scopeSpans'][number]['spans'][number];

/** A collector that keeps what it is sent. */
async function collector() {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(Buffer.concat(await request.toArray()).toString('utf8'));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const spans = (): Span[] =>
    bodies
      .flatMap((body) => Sent.parse(JSON.parse(body)).resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { endpoint, bodies, spans, close: () => server.close() };
}

test('a recording is one trace from its upload to its result, which tells nothing of it, and whose id is in the logs', async () => {
  const collected = await collector();
  const settings = { OFFICE_OTLP_ENDPOINT: collected.endpoint };
  await using running = new AsyncDisposableStack();
  const options = { model: SAMPLE_OPTIONS.model.path, workers: 1, leaseMs: 30_000, settings };
  const office = running.use(await LocalOffice.start(options));
  try {
    const file = await make(join(office.folder, `${PLANTED}.flac`), ...['-t', '3', '-i', RECORDINGS.call]);
    const jobId = await sendRecording(office.client, file, office.sending('en'));
    expect(await waitForJob(office.client, jobId, 200)).toMatchObject({ state: 'done' });
    const text = (await fetchResult(office.client, jobId, office.privateKey)).toString('utf8');
    const traceId = jobId.replaceAll('-', '');
    for (const [program, events] of [
      ['gateway', ['uploaded', 'begun', 'attemptEnded']],
      ['worker-1', ['taken', 'ended']],
    ] as const) {
      const ofJob = async () => {
        const lines = (await readFile(join(office.folder, `${program}.log`), 'utf8')).split('\n');
        return lines
          .filter((line) => line.includes(jobId) && line.endsWith('}'))
          .map((line) => JSON.parse(line));
      };
      const told = async () => expect((await ofJob()).map(({ event }) => event)).toEqual(events);
      await vi.waitFor(told, 30_000);
      for (const line of await ofJob()) expect(line).toMatchObject({ traceId, time: expect.any(String) });
    }
    // At their ends both programs send what they have.
    await running.disposeAsync();

    const spans = collected.spans().sort((a, b) => Number(a.startTimeUnixNano - b.startTimeUnixNano));
    expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
    const named = (name: string) => {
      const [span] = spans.filter((one) => one.name === name);
      if (span === undefined) throw new Error(`no span ${name}`);
      return span;
    };
    const stages = ['upload', 'wait', 'work', 'fetch', 'open', 'decode', 'seal', 'end'].map(named);
    for (const [index, later] of stages.entries()) {
      const earlier = stages[index - 1];
      if (earlier !== undefined) expect(later.startTimeUnixNano >= earlier.startTimeUnixNano).toBe(true);
    }
    const work = named('work');
    for (const name of ['fetch', 'open', 'decode', 'transcribe', 'seal', 'end']) {
      const span = named(name);
      expect([name, span.parentSpanId]).toEqual([name, work.spanId]);
      expect(span.endTimeUnixNano - work.endTimeUnixNano).toBeLessThanOrEqual(TICK_NS);
    }
    expect(named('POST /v1/work/:id/end').parentSpanId).toBe(named('end').spanId);

    const words = [...text.matchAll(/"text": ?"([^"]{4,})"/g)].map(([, said = '']) => said);
    expect(words.length).toBeGreaterThan(0);
    const told = collected.bodies.join('\n');
    for (const secret of [PLANTED, ...words]) expect(told.includes(secret)).toBe(false);
    const keys = new Set(spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)));
    const allowed = ['http.request.method', 'http.route', 'voicesync.job_id', 'voicesync.size_bytes'];
    expect([...keys].sort()).toEqual(allowed);
  } finally {
    collected.close();
  }
}, 180_000);
