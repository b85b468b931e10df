import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DecoderWay, EgressEnd, EgressTarget } from '../../contract/egress.ts';
import { TEMPORARY_PREFIX } from '../folders.ts';
import { probeArguments } from './ffmpeg-arguments.ts';
import { startFfmpeg } from './ffmpeg-child.ts';
import { wholeFile } from './ffmpeg-input.ts';
import type { Ffmpeg } from './find-ffmpeg.ts';

/** How long ffmpeg may try, in milliseconds. */
const PATIENCE_MS = 5000;

/** The address that ffmpeg is given, or the content of a file that holds one. */
const INPUTS: Readonly<
  Record<DecoderWay, (target: EgressTarget) => { address: string } | { file: string; text: string }>
> = {
  httpInput: ({ tcpPort }) => ({ address: `http://127.0.0.1:${tcpPort}/a.wav` }),
  tcpInput: ({ tcpPort }) => ({ address: `tcp://127.0.0.1:${tcpPort}` }),
  udpInput: ({ udpPort }) => ({ address: `udp://127.0.0.1:${udpPort}` }),
  rtpInput: ({ udpPort }) => ({ address: `rtp://127.0.0.1:${udpPort}` }),
  playlist: ({ tcpPort }) => ({
    file: 'a.m3u8',
    text: `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:${tcpPort}/a.ts\n#EXT-X-ENDLIST\n`,
  }),
  concatList: ({ tcpPort }) => ({
    file: 'a.ffconcat',
    text: `ffconcat version 1.0\nfile http://127.0.0.1:${tcpPort}/a.wav\n`,
  }),
};

/**
 * Has ffmpeg, started as for every source, read an address in place of a file, and tells how that ended. `change` is for
 * tests: it takes a restriction from the arguments. Throws nothing.
 */
export async function attemptByDecoder(
  ffmpeg: Ffmpeg,
  way: DecoderWay,
  target: EgressTarget,
  change: (args: readonly string[]) => readonly string[] = (args) => args,
): Promise<EgressEnd> {
  const folder = await mkdtemp(join(tmpdir(), TEMPORARY_PREFIX));
  try {
    const input = INPUTS[way](target);
    const name = 'address' in input ? input.address : join(folder, input.file);
    if ('text' in input) await writeFile(name, input.text);
    const source = { path: name, descriptor: null } as Parameters<typeof startFfmpeg>[1];
    const child = startFfmpeg(ffmpeg, source, change(probeArguments(wholeFile(name))));
    const timer = setTimeout(() => child.kill(), PATIENCE_MS);
    child.stdout.resume();
    const { code } = await child.ended.finally(() => clearTimeout(timer));
    const list = /(protocol|format)[^\n]*not on whitelist|not on (?:the )?(protocol|format)/i.exec(
      child.log(),
    );
    if (list !== null)
      return { how: 'policy', detail: `${(list[1] ?? list[2] ?? '').toLowerCase()}_whitelist` };
    return { how: 'error', detail: `ffmpeg ${code}` };
  } catch (error) {
    return { how: 'untried', detail: error instanceof Error ? error.name : '' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
