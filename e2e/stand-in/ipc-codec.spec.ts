import { expect, test } from '@playwright/test';
import { codec } from './ipc-codec.ts';

test('messages keep what a structured clone keeps', () => {
  const message = {
    missing: undefined,
    numbers: [Number.NaN, Number.POSITIVE_INFINITY, -0, 10n],
    date: new Date(5),
    map: new Map([['a', new Set([1])]]),
    pcm: new Int16Array([1, -2, 3]),
    nested: { array: [['x'], null], text: 'ñ' },
  };
  expect(codec.decode(codec.encode(message))).toEqual(message);
});

test('a part of a buffer arrives as that part alone', () => {
  const whole = Buffer.from('before middle after');
  const arrived = codec.decode(codec.encode(whole.subarray(7, 13))) as Uint8Array;
  expect(arrived.constructor).toBe(Uint8Array);
  expect(Buffer.from(arrived.buffer).toString()).toBe('middle');
});

test('functions are refused', () => {
  expect(() => codec.encode({ listener: () => undefined })).toThrow('could not be cloned');
});
