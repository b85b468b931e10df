import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { CHUNK_BYTES } from '../../../core/vault/object-layout.ts';
import { openEnvelope, sealEnvelope } from '../../sealing/envelope.ts';
import type { EnvelopeFacts } from '../../sealing/envelope-layout.ts';
import { makeOfficeKeys, privateKeyFromPem } from '../../sealing/office-keys.ts';
import { openBytes, sealBlob } from './web-envelope.ts';
import { derivedBytes, makeWebKeys, sharedBits } from './web-keys.ts';

const facts: EnvelopeFacts = { objectId: randomUUID(), kind: 'result' };
const worker = makeOfficeKeys();
const workerKey = privateKeyFromPem(worker.privateKeyPem);
const LENGTHS = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 17 * CHUNK_BYTES, 35 * CHUNK_BYTES + 7];

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

async function all(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(Buffer.concat(await Array.fromAsync(bytes)));
}

it('shares the secret of RFC 7748, section 6.1', async () => {
  const alice = hex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a');
  const bob = hex('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f');
  const pkcs8 = new Uint8Array([...hex('302e020100300506032b656e04220420'), ...alice]);
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'X25519', false, ['deriveBits']);
  expect(await sharedBits(key, bob)).toEqual(
    hex('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742'),
  );
  await expect(sharedBits(key, new Uint8Array(32))).rejects.toThrow();
});

it('derives the key of RFC 5869, test case 1', async () => {
  const info = hex('f0f1f2f3f4f5f6f7f8f9');
  const key = await derivedBytes(new Uint8Array(22).fill(0x0b), hex('000102030405060708090a0b0c'), info, 42);
  expect(key).toEqual(
    hex('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865'),
  );
});

it('cannot tell its private key', async () => {
  const { privateKey } = await makeWebKeys();
  expect(privateKey.extractable).toBe(false);
  for (const format of ['pkcs8', 'jwk'] as const)
    await expect(crypto.subtle.exportKey(format, privateKey)).rejects.toThrow();
});

it.each(LENGTHS)('seals %i bytes that Node opens, and opens what Node has sealed', async (length) => {
  const own = await makeWebKeys();
  const plain = new Uint8Array(randomBytes(length));
  const sealed = await all(
    sealBlob(facts, [own.publicKey, new Uint8Array(worker.publicKey)], new Blob([plain])),
  );
  expect(await all(openEnvelope(facts, workerKey, new Blob([sealed]).stream()))).toEqual(plain);
  expect(await openBytes(facts, own, sealed)).toEqual(plain);
  const fromNode = await all(sealEnvelope(facts, [worker.publicKey, own.publicKey], [plain]));
  expect(fromNode.length).toBe(sealed.length);
  expect(await openBytes(facts, own, fromNode)).toEqual(plain);
});

it('refuses what is changed, cut, of another object or for another key, as Node does', async () => {
  const own = await makeWebKeys();
  const sealed = await all(sealEnvelope(facts, [own.publicKey], [randomBytes(CHUNK_BYTES + 10)]));
  const refused = async (bytes: Uint8Array<ArrayBuffer>, keys = own, expected = facts) =>
    await openBytes(expected, keys, bytes).then(
      () => 'opened',
      (error: Error) => error.message,
    );
  for (const place of [0, 9, 12, 13, 20, 40, 70, 100, 160, 200, 260, sealed.length - 1]) {
    const changed = sealed.slice();
    changed[place] = (changed[place] ?? 0) ^ 1;
    expect(await refused(changed), `byte ${place}`).toMatch(/^envelope[.]/);
  }
  for (const length of [31, 100, 200, 300, sealed.length - 10 - 16, sealed.length - 1])
    expect(await refused(sealed.slice(0, length)), `${length} bytes`).toMatch(/^envelope[.]/);
  expect(await refused(new Uint8Array([...sealed, 0]))).toBe('envelope.damaged');
  expect(await refused(sealed, own, { ...facts, objectId: randomUUID() })).toBe('envelope.otherObject');
  expect(await refused(sealed, await makeWebKeys())).toBe('envelope.notForThisKey');
});
