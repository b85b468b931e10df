import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { makeBucket } from './make-bucket.ts';

/** A store's answers in their order. s3rver cannot be asked: it checks the signature of another path than a bucket's. */
async function withAnswers(
  answers: readonly (readonly [status: number, code: string])[],
  use: (endpoint: string) => Promise<void>,
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const [status, code] = answers[asked.length] ?? [500, ''];
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(code === '' ? '' : `<Error><Code>${code}</Code></Error>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return asked;
}

const place = { region: 'us-east-1', bucket: 'office', accessKeyId: 'office', secretAccessKey: 'secret' };

it('makes a bucket once its store has started, and is content with one that is there', async () => {
  const asked = await withAnswers(
    [
      [503, 'ServiceUnavailable'],
      [200, ''],
      [409, 'BucketAlreadyExists'],
      [403, 'AccessDenied'],
    ],
    async (endpoint) => {
      await makeBucket({ ...place, endpoint });
      await makeBucket({ ...place, endpoint });
      await expect(makeBucket({ ...place, endpoint })).rejects.toThrow('store.refused');
    },
  );
  expect(asked).toEqual(Array(4).fill('PUT /office/'));
});
