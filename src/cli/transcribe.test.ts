import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DICTATION_MODEL } from '../core/models/testing/dictation-model.ts';
import { writeMadeModel } from '../core/models/testing/made-model.ts';
import { eventOfLine } from './reporters/told-events.ts';
import { called } from './testing/called-command.ts';
import { CliHome, ended, PHONE_CALL, REPOSITORY } from './testing/cli-home.ts';

const FIXTURES = join(REPOSITORY, 'e2e', 'fixtures');
const SENTENCE = 'My name is Laura and I am a driver.';

// Each test runs the whole program, engine and all, several times.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const home = new CliHome();
let call: string;
beforeAll(async () => {
  await home.chooseDictationModel();
  call = await home.cut(PHONE_CALL, 6, 'in/call.wav');
});
afterAll(() => home[Symbol.dispose]());

describe('transcribe, without a vault', () => {
  it('writes TXT and DOCX beside the recording, and tells what it does', async () => {
    const { status, stdout, stderr } = await home.run(['transcribe', 'in/call.wav', call]);
    expect(status).toBe(0);
    expect(home.names('in')).toEqual(['call.docx', 'call.txt', 'call.wav']);
    expect(readFileSync(home.path('in/call.txt'), 'utf8')).toContain(SENTENCE);
    // Only the words on stdout; the file that was named twice is one file.
    expect(stdout).toMatch(/^(\[00:0\d\] .+\n)+$/);
    expect(stdout.match(/My name is Laura/g)).toHaveLength(1);
    expect(stderr).toContain('the language is English');
    expect(stderr).toContain(`Written: ${home.path('in/call.docx')}`);
    expect(stderr).toMatch(
      /Recording +Result +Length +Took +Speed\n[─ ]+\nin\/call\.wav +done +00:06 +\S+ s +\S+×\n/,
    );
    expect(stderr).not.toContain('\u001b');
    expect(home.ephemeralVaults()).toEqual([]);
  });

  it('reads a file once whatever its names, tells what was not read, and is done when all that was read is', async () => {
    home.write('names/a.wav', readFileSync(call));
    home.write('names/b/copy.WAV', readFileSync(call));
    for (const name of ['notes.txt', 'plan.pdf', 'call.srt', 'x.ts']) home.write(`names/${name}`, 'words');
    symlinkSync('a.wav', home.path('names/link.wav'));
    symlinkSync('..', home.path('names/b/up'));
    const options = ['--out', 'named', '--format', 'txt', '--language', 'en'];
    const { status, stdout, stderr } = await called(home, [
      'transcribe',
      'names',
      'names/link.wav',
      ...options,
    ]);
    expect(status).toBe(0);
    expect(stdout.match(/My name is Laura/g)).toHaveLength(2);
    expect(home.names('named')).toEqual(['a.txt', 'copy.txt']);
    expect(stderr).toMatch(
      /names\/a\.wav +done .*\nnames\/b\/copy\.WAV +done .*\nnames\/link\.wav +same file .*\n/,
    );
    expect(stderr).toContain('names/link.wav is the same file as names/a.wav, so it was not read twice.\n');
    expect(stderr).toContain(
      '4 other files do not look like recordings and were not read: call.srt, notes.txt, plan.pdf and 1 more.\n',
    );
    expect(stderr).toContain(
      'One link leads back to a folder that it lies in, and was not followed: names/b/up.\n',
    );
  });

  it('never writes over a file unless asked, and is silent when asked', async () => {
    const again = await called(home, [
      'transcribe',
      call,
      '--format',
      'txt',
      '--quiet',
      '--language',
      'inglés',
    ]);
    expect(again).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(home.names('in')).toContain('call (2).txt');
    const over = await called(home, [
      'transcribe',
      call,
      '--format',
      'txt',
      '--timestamps',
      '--overwrite',
      '--quiet',
    ]);
    expect(over.status).toBe(0);
    expect(home.names('in')).toEqual(['call (2).txt', 'call.docx', 'call.txt', 'call.wav']);
    expect(readFileSync(home.path('in/call.txt'), 'utf8')).toMatch(/00:00(:00)?/);
    expect(readFileSync(home.path('in/call (2).txt'), 'utf8')).toContain(SENTENCE);
  });

  it('prefers the languages that are called usual where the model is in doubt', async () => {
    // So muffled that the model takes it for English, though not for certain.
    const muffled = home.path('muffled.wav');
    const filter = 'lowpass=300,lowpass=300';
    await home.ffmpeg(['-i', join(FIXTURES, 'dictado-es.ogg'), '-t', '1.2', '-af', filter, muffled]);
    const language = async (...flags: string[]) => {
      const named = [
        'transcribe',
        muffled,
        '--model',
        DICTATION_MODEL.path,
        '--format',
        'txt',
        '--overwrite',
      ];
      const heard = await called(home, [...named, ...flags]);
      return /the language is (\w+)/.exec(heard.stderr)?.[1];
    };
    expect(await language()).toBe('English');
    expect(await language('--usual-languages', 'Spanish,ca')).toBe('Spanish');
  });

  it('tells recordings of one name apart, replaces its own files the next time, and leaves out what is there', async () => {
    for (const day of ['day1', 'day2']) await home.cut(PHONE_CALL, 6, `days/${day}/REC.wav`);
    const command = [
      'transcribe',
      'days',
      '--out',
      'apart',
      '--overwrite',
      '--language',
      'en',
      '--format',
      'srt,json',
    ];
    const names = ['REC (day1).json', 'REC (day1).srt', 'REC (day2).json', 'REC (day2).srt'];
    for (const offset of ['0', '1:00:00']) {
      expect((await called(home, [...command, '--time-offset', offset])).status).toBe(0);
      expect(home.names('apart')).toEqual(names);
    }
    expect(readFileSync(home.path('apart/REC (day1).srt'), 'utf8')).toContain('01:00:0');
    // A new one among existing ones.
    await home.cut(PHONE_CALL, 5, 'days/day3/REC.wav');
    const added = await called(home, [...command, '--time-offset', '1:00:00', '--skip-existing', '--json']);
    expect(added.status).toBe(0);
    const { files } = JSON.parse(added.stdout.trimEnd().split('\n').at(-1) ?? '');
    expect(files.map(({ state }: { state: string }) => state)).toEqual(['existing', 'existing', 'done']);
  });

  it('keeps what cannot be written into its folder in another place, and names that', async () => {
    const child = home.start([
      'transcribe',
      call,
      '--out',
      'stick',
      '--language',
      'en',
      '--format',
      'txt,srt',
    ]);
    // The words are printed, then the USB stick is removed.
    child.stdout?.once('data', () => rmSync(home.path('stick'), { recursive: true }));
    const { status, stderr } = await ended(child);
    expect(status).toBe(1);
    const [txt, srt] = ['txt', 'srt'].map((format) => home.path('home/rescued', `call.${format}`));
    expect(stderr).toContain(`Nothing can be saved in “${home.path('stick')}”.`);
    expect(stderr).toContain(
      `call.wav: the transcript could not be written into ${home.path('stick')}, and is kept, readable and not encrypted, in ${txt}, ${srt}.`,
    );
    expect(readFileSync(txt ?? '', 'utf8')).toContain(SENTENCE);
    expect(home.ephemeralVaults()).toEqual([]);
  });

  it('writes every format that is asked for', async () => {
    const formats = ['md', 'html', 'csv', 'otr', 'srt', 'vtt'];
    const { status } = await called(home, [
      'transcribe',
      call,
      '--format',
      formats.join(','),
      '--out',
      'all',
      '--quiet',
    ]);
    expect(status).toBe(0);
    expect(home.names('all')).toEqual(formats.map((format) => `call.${format}`).toSorted());
    for (const name of home.names('all')) {
      const text = readFileSync(home.path(`all/${name}`), 'utf8').replaceAll(/\s+/g, ' ');
      expect(text, name).toContain(SENTENCE);
    }
  });

  it('tells a program everything in JSON lines, and nothing else', async () => {
    const { status, stdout, stderr } = await called(home, [
      'transcribe',
      call,
      'gone.wav',
      '--json',
      '--out',
      'json',
    ]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    const own = lines.filter(({ type }) => ['notice', 'error', 'summary'].includes(type));
    const events = lines.filter((line) => !own.includes(line)).map((line) => eventOfLine(line));
    expect(events).not.toContain(null);
    const types = new Set(events.map((event) => event?.type));
    for (const type of [
      'recordingAdded',
      'recordingReady',
      'jobStarted',
      'jobProgress',
      'segmentsCommitted',
    ]) {
      expect([...types]).toContain(type);
    }
    expect(events.flatMap((event) => (event?.type === 'exported' ? [event.path] : []))).toEqual([
      home.path('json/call.txt'),
      home.path('json/call.docx'),
    ]);
    expect(lines.at(-1)).toMatchObject({
      type: 'summary',
      files: [
        { file: call, state: 'done', exports: [home.path('json/call.txt'), home.path('json/call.docx')] },
        {
          file: home.path('gone.wav'),
          state: 'failed',
          failure: { code: 'file.notFound', what: expect.any(String), todo: expect.any(String) },
        },
      ],
      leftOut: { others: [], hidden: [], special: [], again: [], upward: [] },
    });
  });

  it('speaks Spanish to who speaks Spanish', async () => {
    const { status, stderr } = await called(home, ['transcribe', call, '--out', 'es'], {
      env: { LANG: 'es_ES.UTF-8' },
    });
    expect(status).toBe(0);
    expect(stderr).toContain('el idioma es inglés');
    expect(stderr).toContain('Escrito: ');
    expect(stderr).toMatch(/Grabación +Resultado +Duración/);
    expect(stderr).not.toMatch(/\b(the|done|Written|real time)\b/);
  });
});

describe('what is no whole recording', () => {
  it('is told in a sentence each, does not stop the rest, and leaves nothing behind', async () => {
    const whole = readFileSync(call);
    home.write(
      'bad/a garbage.mp3',
      Uint8Array.from({ length: 20_000 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 251),
    );
    home.write('bad/b empty.wav', '');
    home.write('bad/c letter.wav', 'Dear Madam, nothing to hear in this one.\n');
    home.write('bad/d playlist.mp3', '#EXTM3U\n#EXTINF:10,\n/etc/passwd\n');
    home.write('bad/e truncated.wav', whole.subarray(0, 60_000));
    home.write('bad/f renamed.mp3', whole);
    home.write('none/notes.txt', 'no recording');
    const video = await silentVideo();
    const { status, stdout, stderr } = await called(home, [
      'transcribe',
      'bad',
      'none',
      video,
      '--out',
      'good',
    ]);
    expect(status).toBe(1);
    for (const sentence of [
      '“a garbage.mp3” is not a recording that VoiceSync can read.',
      '“b empty.wav” is empty',
      '“c letter.wav” holds text',
      '“d playlist.mp3” is a playlist',
      `There is no recording in “${home.path('none')}”`,
      '“silent.mp4” has no sound in it.',
    ]) {
      expect(stderr).toContain(sentence);
    }
    expect(stderr).toMatch(/e truncated\.wav: only 00:0\d of it could be read/);
    expect(stderr).toMatch(/bad\/e truncated\.wav +partly done/);
    expect(stderr).toMatch(/bad\/f renamed\.mp3 +done/);
    expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
    expect(home.names('good')).toEqual([
      'e truncated.docx',
      'e truncated.txt',
      'f renamed.docx',
      'f renamed.txt',
    ]);
    expect(readFileSync(home.path('good/e truncated.txt'), 'utf8')).toContain('Incomplete');
    expect(readFileSync(home.path('good/f renamed.txt'), 'utf8')).toContain(SENTENCE);
    expect(home.names('bad')).toHaveLength(6);
    expect(home.ephemeralVaults()).toEqual([]);
  });

  it('asks which of several sound tracks is meant, and takes the one that is named', async () => {
    await twoTracks('two.mka');
    const open = await called(home, ['transcribe', 'two.mka', '--out', 'tracks']);
    expect(open.status).toBe(1);
    expect(open.stderr).toMatch(/“two\.mka” has several sound tracks: 1: .*, 2: .*--track NUMBER/);
    const second = await called(home, [
      'transcribe',
      'two.mka',
      '--track',
      '2',
      '--format',
      'txt',
      '--out',
      'tracks',
    ]);
    expect(second).toMatchObject({ status: 0, stdout: expect.stringContaining(SENTENCE) });
    const third = await called(home, ['transcribe', 'two.mka', '--track', '3', '--out', 'tracks']);
    expect(third.status).toBe(1);
    expect(third.stderr).toContain('has no sound track 3');
  });

  it('a model that is no model, or not there, is refused before any work', async () => {
    const noModel = await called(home, ['transcribe', call, '--model', call, '--out', 'never']);
    expect(noModel.status).toBe(1);
    expect(noModel.stderr).toContain('is not a Whisper speech model');
    const unknown = await called(home, ['transcribe', call, '--model', 'huge', '--out', 'never']);
    expect(unknown.status).toBe(1);
    expect(unknown.stderr).toContain(
      'There is no speech model “huge” here. Choose one of these: base-q8_0, ggml-sample-dictation.',
    );
    await writeMadeModel(home.path('english.bin'), { vocabulary: 51_864 });
    const english = ['transcribe', call, '--model', 'english.bin', '--out', 'never'];
    expect((await called(home, [...english, '--translate'])).stderr).toContain('cannot translate');
    expect((await called(home, [...english, '--language', 'es'])).stderr).toContain('knows English only');
    expect(home.names('never')).toEqual([]);
  });
});

describe('an interruption', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s writes what is finished, marked incomplete',
    async (signal) => {
      const out = `stopped-${signal}`;
      const { status, stderr, stdout } = await called(
        home,
        ['transcribe', join(FIXTURES, 'hearing-12min.opus'), '--out', out, '--language', 'en'],
        { signalAt: { text: '\n', signal } },
      );
      expect(status).toBe(130);
      expect(stderr).toContain('Stopping.');
      expect(stderr).toContain('Interrupted. What was finished is written, and marked incomplete.');
      expect(stderr).toMatch(/hearing-12min\.opus +interrupted/);
      expect(home.names(out)).toEqual(['hearing-12min.docx', 'hearing-12min.txt']);
      const text = readFileSync(home.path(out, 'hearing-12min.txt'), 'utf8');
      expect(text).toContain('Incomplete: the transcription was interrupted.');
      expect(text).toContain(stdout.split('] ')[1]?.split('\n')[0]);
      expect(home.ephemeralVaults()).toEqual([]);
    },
  );
});

async function silentVideo(): Promise<string> {
  const path = home.path('silent.mp4');
  await home.ffmpeg(['-f', 'lavfi', '-i', 'testsrc=d=1', '-an', path]);
  return path;
}

async function twoTracks(name: string): Promise<void> {
  const other = join(FIXTURES, 'silence-40s.wav');
  await home.ffmpeg([
    '-i',
    other,
    '-i',
    call,
    '-map',
    '0',
    '-map',
    '1',
    '-t',
    '6',
    '-c:a',
    'flac',
    home.path(name),
  ]);
}
