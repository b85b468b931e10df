import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DECODER_WAYS } from '../../contract/egress.ts';
import { Listener } from '../../offline/listener.ts';
import { attemptByDecoder } from './decoder-attempts.ts';
import { findFfmpeg } from './find-ffmpeg.ts';

let listener: Listener;
beforeAll(async () => {
  listener = await Listener.open();
});
afterAll(() => listener.close());

/** Without ffmpeg's lists of what it may open. */
function unlisted(args: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    if (/^-(protocol|format)_whitelist$/.test(args[index] ?? '')) index += 1;
    else kept.push(args[index] ?? '');
  }
  return ['-protocol_whitelist', 'file,http,tcp,udp,rtp,crypto,data', ...kept];
}

describe('ffmpeg', () => {
  it.each(DECODER_WAYS)('does not follow: %s', async (way) => {
    const before = listener.arrived;
    const end = await attemptByDecoder(await findFfmpeg(), way, listener.target);
    expect(['policy', 'error']).toContain(end.how);
    expect(listener.arrived).toBe(before);
  });

  // UDP and RTP wait for others to send.
  it.each(['httpInput', 'tcpInput', 'playlist'] as const)('would, without its lists: %s', async (way) => {
    const before = listener.arrived;
    await attemptByDecoder(await findFfmpeg(), way, listener.target, unlisted);
    expect(listener.arrived).toBeGreaterThan(before);
  });
});
