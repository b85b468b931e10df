import { describe, expect, it, vi } from 'vitest';
import { addressOf, assertAllowedUrl, isPublicAddress } from './webhook-target.ts';

const NONE = new Set<string>();

describe('an address', () => {
  it.each([
    ...[
      '127.0.0.1',
      '10.1.2.3',
      '169.254.169.254',
      '172.31.0.1',
      '192.168.1.1',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
    ],
    ...[
      '255.255.255.255',
      '::',
      '::1',
      'fe80::1',
      'fd00:ec2::254',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:a9fe:a9fe',
    ],
    ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:7f00:1::', '::7f00:1'],
  ])('%s is within the house', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['93.184.216.34', '172.32.0.1', '2606:2800:220:1::1', '::ffff:93.184.216.34'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('a webhook’s URL', () => {
  const resolve = vi.fn(async () => ['93.184.216.34']);

  it.each([
    ...[
      'http://hooks.example/',
      'ftp://hooks.example/',
      'https://name:password@hooks.example/',
      'https://2130706433/',
    ],
    ...['https://0x7f.1/', 'https://[::ffff:127.0.0.1]/', 'https://169.254.169.254/latest/meta-data'],
  ])('%s leads nowhere', async (url) => {
    await expect(addressOf(new URL(url), NONE, resolve)).rejects.toMatchObject({ code: 'target.forbidden' });
  });

  it('leads to a public address, and within the house only if all of its name was listed', async () => {
    const url = new URL('https://Hooks.example:8443/x');
    expect(await addressOf(url, NONE, resolve)).toBe('93.184.216.34');
    const mixed = async () => ['93.184.216.34', '10.0.0.8'];
    await expect(addressOf(url, NONE, mixed)).rejects.toMatchObject({ code: 'target.forbidden' });
    expect(await addressOf(url, new Set(['hooks.example']), async () => ['10.0.0.8'])).toBe('10.0.0.8');
    expect(() =>
      assertAllowedUrl(new URL('http://hooks.example.evil/'), new Set(['hooks.example'])),
    ).toThrow();
  });

  it('whose name leads nowhere cannot be reached', async () => {
    const url = new URL('https://nowhere.invalid/');
    await expect(addressOf(url, NONE)).rejects.toMatchObject({ code: 'target.unreachable' });
  });
});
