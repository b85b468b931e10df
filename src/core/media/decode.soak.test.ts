import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findFfmpeg } from './find-ffmpeg.ts';
import { decodeFile, HEARING } from './testing/media-fixtures.ts';

const DECODE_CHILD = fileURLToPath(new URL('./testing/decode-child.ts', import.meta.url));

test.runIf(process.platform === 'linux')(
  'the decoder is waited for again after the whole program was stopped',
  async () => {
    const undisturbed = (await decodeFile(HEARING, await findFfmpeg(), { channels: 1 })).samples.length;
    const program = fork(DECODE_CHILD, [HEARING], { execArgv: [] });
    const [{ ffmpeg: decoder }] = (await once(program, 'message')) as [{ ffmpeg: number }];
    const told = once(program, 'message');
    for (const pid of [program.pid ?? 0, decoder]) process.kill(pid, 'SIGSTOP');
    await pause(1500);
    // The decoder comes last: the program sees its deadline before any sound.
    process.kill(program.pid ?? 0, 'SIGCONT');
    await pause(100);
    process.kill(decoder, 'SIGCONT');
    expect((await told)[0]).toEqual({ samples: undisturbed });
  },
);
