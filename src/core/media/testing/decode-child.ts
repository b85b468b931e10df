/** A program that decodes the file in its argument and may wait half a second for a byte: a test stops it. */
import { decode } from '../decode.ts';
import { findFfmpeg } from '../find-ffmpeg.ts';
import { probe } from '../probe.ts';
import { openSource } from '../source.ts';
import { childProcesses } from './media-fixtures.ts';

const ffmpeg = await findFfmpeg();
const source = await openSource(process.argv[2] ?? '');
const facts = await probe(source, ffmpeg);
let samples = 0;
for await (const block of decode(source, ffmpeg, facts, {
  track: 0,
  channels: 1,
  limits: { idleMs: 500 },
})) {
  if (samples === 0) process.send?.({ ffmpeg: (await childProcesses())[0] });
  samples += block.length;
}
process.send?.({ samples });
process.disconnect();
