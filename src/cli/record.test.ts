import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EngineRequest } from '../contract/engine.ts';
import { replayEngine } from '../core/engine/testing/replaying-engine.ts';
import { called } from './testing/called-command.ts';
import { CliHome, PHONE_CALL } from './testing/cli-home.ts';
import { HAS_TERMINALS, onTerminal } from './testing/terminal.ts';

const SENTENCE = 'My name is Laura and I am a driver.';
const PASSPHRASE = 'correct horse battery';
// Opens at once: only passphrases are hashed slowly, on purpose.
const OPEN = ['--vault', 'vault', '--recovery-key-file', 'away/key.txt'];

// Each test runs the whole program, engine and all.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const home = new CliHome();
let wave: Buffer;
beforeAll(async () => {
  await home.chooseDictationModel();
  await home.ffmpeg(['-i', PHONE_CALL, '-t', '6', '-c:a', 'pcm_s16le', home.write('call.wav', '')]);
  wave = readFileSync(home.path('call.wav'));
  home.write('pass.txt', PASSPHRASE);
  await called(home, [
    'vault',
    'init',
    'vault',
    '--passphrase-file',
    'pass.txt',
    '--save-recovery-key',
    'away/key.txt',
  ]);
});
afterAll(() => home[Symbol.dispose]());

/** A WAV as a program writes it that cannot go back to its header. */
function streamed(): Readable {
  const unknown = Buffer.from(wave);
  unknown.writeUInt32LE(0xffffffff, 4);
  unknown.writeUInt32LE(0xffffffff, wave.indexOf('data') + 4);
  return Readable.from([unknown]);
}

/** Its samples, without a header. */
function samples(): Buffer {
  return wave.subarray(wave.indexOf('data') + 8);
}

function eventsIn(stdout: string): Record<string, unknown>[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('record, without a vault', () => {
  it('prints the words of a piped WAV live, and writes what transcribe writes of the file', async () => {
    const wanted = ['--format', 'txt', '--language', 'en'];
    const live = await called(home, ['record', '--name', 'dictation', '--out', 'live', ...wanted], {
      stdin: streamed(),
    });
    expect(live).toMatchObject({ status: 0 });
    expect(live.stdout).toMatch(/^(\[00:0\d\] .+\n)+$/);
    expect(live.stdout.match(/Laura/g)).toHaveLength(1);
    expect(live.stderr).toContain('Recording standard input. Ctrl+C stops');
    expect(live.stderr).toContain('Live text by the speech model');
    expect(live.stderr).toContain('dictation: 00:06 recorded.');
    expect(live.stderr).toContain(`Written: ${home.path('live/dictation.txt')}`);
    expect(live.stderr).not.toContain('\u001b');
    await called(home, ['transcribe', 'call.wav', '--out', 'file', ...wanted]);
    expect(readFileSync(home.path('live/dictation.txt'), 'utf8')).toBe(
      readFileSync(home.path('file/call.txt'), 'utf8'),
    );
    expect(readFileSync(home.path('live/dictation.txt'), 'utf8')).toContain(SENTENCE);
    expect(home.ephemeralVaults()).toEqual([]);
  });

  it('without live text prints the words of the final transcript', async () => {
    const options = ['--no-live', '--out', 'plain', '--format', 'txt', '--language', 'en'];
    const { status, stdout } = await called(home, ['record', '--in', 'call.wav', ...options]);
    expect(status).toBe(0);
    expect(stdout.match(/My name is Laura/g)).toHaveLength(1);
    expect(home.names('plain')).toEqual(['call.txt']);
  });

  it('without a final transcript writes the live text', async () => {
    const options = ['--no-final', '--out', 'words', '--format', 'txt', '--language', 'en'];
    const { status, stderr } = await called(home, ['record', '--in', 'call.wav', ...options]);
    expect(status).toBe(0);
    expect(stderr).toContain(`Written: ${home.path('words/call.txt')}`);
    expect(readFileSync(home.path('words/call.txt'), 'utf8')).toContain('Laura');
  });

  it('writes the live text where the final transcript fails', async () => {
    // Live requests alone are heard with a short context.
    const launchEngine = () => {
      const engine = replayEngine();
      const send = (request: EngineRequest) => {
        if (request.type === 'transcribe' && !request.shortContext) engine.kill();
        else engine.send(request);
      };
      return { ...engine, send };
    };
    const options = ['--out', 'failed', '--format', 'txt', '--language', 'en'];
    const { status, stderr } = await called(home, ['record', '--in', 'call.wav', ...options], {
      launchEngine,
    });
    expect(status).toBe(1);
    expect(stderr).toContain('The speech engine stopped');
    expect(home.names('failed')).toEqual(['call.txt']);
    expect(readFileSync(home.path('failed/call.txt'), 'utf8')).toContain('Laura');
  });

  it('tells that nothing but zeros came, and invents no words for them', async () => {
    const zeros = Readable.from([Buffer.alloc(16_000 * 2 * 8)]);
    const options = ['--raw', 's16le', '--rate', '16000', '--out', 'zeros', '--format', 'txt'];
    const { status, stdout, stderr } = await called(home, ['record', ...options], { stdin: zeros });
    expect(stdout).toBe('');
    expect(stderr).toContain('Nothing but silence was recorded: every sample was 0.');
    expect(status).toBe(1);
  });
});

describe.skipIf(!HAS_TERMINALS)('record, on a terminal', () => {
  it('shows the time and the newest words on the last line, and Ctrl+C ends the recording alone', async () => {
    const fifo = home.path('microphone');
    execFileSync('mkfifo', [fifo]);
    // Opened for both, it never ends.
    const handle = await open(fifo, 'r+');
    const written = handle.write(wave);
    const options = ['--out', 'shown', '--format', 'txt', '--language', 'en', '--name', 'shown'];
    const typing = [{ at: 'Laura', type: '\u0003' }];
    const { screen, status } = await onTerminal(home, ['record', '--in', 'microphone', ...options], typing, {
      columns: 200,
    });
    await written;
    await handle.close();
    expect(status).toBe(0);
    expect(screen).toContain('Ctrl+C stops, and keeps what was said.');
    const lines = screen.split('\u001b[2K').filter((line) => line.startsWith('● 00:0'));
    expect(lines.some((line) => line.includes('Laura'))).toBe(true);
    for (const line of lines) expect(line.split('\r')[0]?.length).toBeLessThan(200);
    expect(screen).toContain('shown: 00:06 recorded.');
    expect(screen).toMatch(/microphone +done/);
    expect(readFileSync(home.path('shown/shown.txt'), 'utf8')).toContain(SENTENCE);
  });
});

describe('record, into a vault', () => {
  it('keeps what was said in both channels when Ctrl+C ends it, with its marker', async () => {
    const stdin = new PassThrough();
    const mono = samples();
    const stereo = Buffer.alloc(mono.length * 2);
    for (let at = 0; at < mono.length; at += 2) stereo.writeInt16LE(mono.readInt16LE(at), at * 2);
    stdin.write(stereo);
    const raw = ['--raw', 's16le', '--rate', '8000', '--channels', '2'];
    const { status, stdout } = await called(
      home,
      [
        'record',
        ...raw,
        '--name',
        'visit',
        '--format',
        'txt',
        '--out',
        'visit',
        '--language',
        'en',
        '--json',
        ...OPEN,
      ],
      // The pipe stays open: it does not end by itself.
      {
        stdin,
        signalAt: [
          { text: '"type":"liveText"', signal: 'SIGUSR2' },
          { text: '"type":"markersChanged"', signal: 'SIGINT' },
        ],
      },
    );
    expect(status).toBe(0);
    const events = eventsIn(stdout);
    const [ended] = events.filter(({ type, state }) => type === 'captureChanged' && state === 'done');
    expect(ended).toMatchObject({ metrics: { framesLost: 0 } });
    // On a busy machine the words may be there, and the key pressed, before all of it has been read.
    const { durationMs = 0 } = ended as { durationMs?: number };
    expect(durationMs).toBeGreaterThan(2000);
    expect(durationMs).toBeLessThanOrEqual(6000);
    expect(events.find(({ type }) => type === 'markersChanged')).toMatchObject({ markers: [{ label: '' }] });
    expect(events.find(({ type }) => type === 'recordingReady')).toMatchObject({ durationMs, channels: 2 });
    const list = await called(home, ['recordings', 'list', '--json', ...OPEN]);
    expect(JSON.parse(list.stdout).recordings).toMatchObject([{ name: 'visit', state: 'ready', durationMs }]);
    expect(readFileSync(home.path('visit/visit.txt'), 'utf8')).toContain('Laura');
  });

  it('offers what a kill has broken off, and keeps it', async () => {
    const sealed = () =>
      readdirSync(home.path('vault', 'objects'), { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      ).length;
    const before = sealed();
    const child = home.start(
      ['record', '--raw', 's16le', '--rate', '8000', '--no-live', '--name', 'lost', ...OPEN],
      { piped: true },
    );
    child.stdin?.write(samples());
    await new Promise<void>((resolve) => {
      child.stderr
        ?.setEncoding('utf8')
        .on('data', (text: string) => text.includes('Recording standard input') && resolve());
    });
    // Where the second part of three seconds is being sealed, the first one is committed.
    await expect.poll(sealed, { timeout: 60_000 }).toBeGreaterThan(before + 1);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    const told = await called(home, ['queue', 'run', ...OPEN]);
    expect(told.stderr).toMatch(
      /A recording was broken off, 00:0[36] of it are in the vault\. Keep it with: voicesync recordings keep \S+ --vault vault/,
    );
    const kept = await called(home, ['recordings', 'keep', ...OPEN]);
    expect(kept).toMatchObject({ status: 0, stdout: expect.stringMatching(/^lost: 00:0[36] kept\./) });
    expect((await called(home, ['recordings', 'keep', ...OPEN])).stdout).toBe(
      'No recording was broken off.\n',
    );
    const { stdout } = await called(home, ['queue', 'run', ...OPEN]);
    expect(stdout).toContain('Laura');
  });
});

describe('record is refused', () => {
  it.each([
    [
      'a header that is no WAV’s',
      [],
      Buffer.from('ID3 and so on, for a while'),
      1,
      '“standard input” is not a WAV.',
    ],
    ['an empty pipe', [], Buffer.alloc(0), 1, '“standard input” ended before any sound came.'],
    ['samples of an unknown rate', ['--raw', 's16le'], Buffer.alloc(0), 2, '--raw needs --rate'],
    [
      'a rate that no device has',
      ['--raw', 's16le', '--rate', '4000'],
      Buffer.alloc(0),
      2,
      '--rate is a whole number from 8000 to 192000',
    ],
    [
      'what would keep nothing',
      ['--no-live', '--no-final'],
      Buffer.alloc(0),
      2,
      'nothing is kept without --vault',
    ],
    ['a matter without a vault', ['--matter', 'Smith'], Buffer.alloc(0), 2, '--matter needs --vault'],
    ['a file that is not there', ['--in', 'gone.wav'], Buffer.alloc(0), 1, '“gone.wav” is not there'],
  ])('%s', async (_what, args, bytes, status, text) => {
    const result = await called(home, ['record', ...args], { stdin: Readable.from([bytes]) });
    expect(result).toMatchObject({ status, stdout: '' });
    expect(result.stderr).toContain(text);
    expect(home.ephemeralVaults()).toEqual([]);
  });

  it('a matter that the vault does not have', async () => {
    const args = ['record', '--in', 'call.wav', '--matter', 'Smith', ...OPEN];
    const { status, stderr } = await called(home, args);
    expect(status).toBe(2);
    expect(stderr).toContain('there is no matter “Smith” in this vault');
  });
});
