import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { DICTATION_MODEL } from '../core/models/testing/dictation-model.ts';
import { DoctorReport } from './listings/doctor-report.ts';
import { ModelListing } from './listings/model-listing.ts';
import { TrialListing } from './listings/trial-listing.ts';
import { called } from './testing/called-command.ts';
import { CliHome, PHONE_CALL, REPOSITORY } from './testing/cli-home.ts';

// Each test runs the whole program several times.
vi.setConfig({ testTimeout: 180_000 });

const home = new CliHome();
afterAll(() => home[Symbol.dispose]());

describe('models', () => {
  it('are brought in, made the default, and removed', async () => {
    home.write('stick/own.bin', readFileSync(DICTATION_MODEL.path));
    const brought = await called(home, ['models', 'import', 'stick/own.bin']);
    expect(brought.status).toBe(0);
    expect(brought.stdout).toMatch(/^own: 17 MB, not in the catalogue\nSHA-256 [0-9a-f]{64}\n$/);
    expect((await called(home, ['models', 'default', 'own'])).status).toBe(0);
    const list = (await called(home, ['models', 'list'])).stdout;
    expect(list).toMatch(/^own +17 MB +many +not in the catalogue +\d+ MB +– +default$/m);
    expect(list).toMatch(/^base-q8_0 +82 MB +many +verified +\d+ MB +–$/m);
    expect(list).toMatch(
      /^Best for this machine \(\d+ cores, .+ of memory\): (base|small|large-v3-turbo)-q8_0/m,
    );
    expect(list).toContain('Official models that are not on this machine: tiny,');
    const told = ModelListing.parse(JSON.parse((await called(home, ['models', 'list', '--json'])).stdout));
    expect(told.models.map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ['base-q8_0', false],
      ['own', true],
    ]);
    const measured = await called(home, ['models', 'measure', 'own', '--quality', 'quiet']);
    expect(measured.stdout).toMatch(
      /^own: 1 hour of speech in about .+ here, with \d+ processor threads? and \d+ MB of memory\n$/,
    );
    const asked = await called(home, ['models', 'request']);
    expect(asked.stdout).toMatch(
      /^SHA-256: [0-9a-f]{64}\nPublished by .+https:\/\/huggingface\.co\/.+\.bin$/m,
    );
    const removed = await called(home, ['models', 'remove', 'own']);
    expect(removed.stdout).toBe(
      'own: removed\nbase-q8_0, the model that comes with VoiceSync, is the default again.\n',
    );
  });

  it('are tried on two minutes of a recording, and nothing of it stays', async () => {
    const whole = readFileSync(DICTATION_MODEL.path);
    const files = [home.write('first.bin', whole), home.write('second.bin', whole)];
    const args = ['models', 'try', PHONE_CALL, '--language', 'en', '--models', files.join(',')];
    const { status, stdout, stderr } = await called(home, args);
    expect(stdout).toMatch(/^phone-8k\.wav, from 00:00 to 00:20\n/);
    for (const file of files) {
      expect(stderr).toContain(`Trying ${file}…\n`);
      const [, text = ''] = stdout.split(`\n${file}: `);
      expect(text).toMatch(
        /^English, took \d+ s, about \d+ s for the whole recording, no differences\n\[00:0\d\] \w+/,
      );
    }
    expect(status).toBe(0);
    const told = TrialListing.parse(JSON.parse((await called(home, [...args, '--json'])).stdout));
    expect(told.models.map(({ model, state, differences }) => [model, state, differences])).toEqual(
      files.map((file) => [file, 'done', 0]),
    );
    // The stretch is the whole recording here.
    for (const { tookMs, wholeMs } of told.models) expect(wholeMs).toBe(tookMs);
    expect(told.durationMs).toBe(told.range?.endMs);
    expect(home.ephemeralVaults()).toEqual([]);

    const unknown = await called(home, ['models', 'try', PHONE_CALL, '--models', `${files[0]},huge`]);
    expect(unknown).toMatchObject({ status: 1, stdout: '' });
    expect(unknown.stderr).toContain('There is no speech model “huge” here.');
    await home.ffmpeg(['-f', 'lavfi', '-i', 'anullsrc=r=16000:cl=mono', '-t', '5', home.path('still.wav')]);
    const silent = await called(home, ['models', 'try', 'still.wav', '--models', files.join(',')]);
    expect(silent).toMatchObject({ status: 1, stdout: '' });
    expect(silent.stderr).toContain('Nobody speaks in the first quarter of an hour of “still.wav”');
  });

  it('that cannot be used or removed are told in a sentence', async () => {
    home.write('stick/text.bin', 'This is no model.\n');
    home.write('stick/model.gguf', 'GGUF\u0003\0\0\0');
    const whole = readFileSync(DICTATION_MODEL.path);
    home.write('stick/half.bin', whole.subarray(0, whole.length / 2));
    home.write('stick/more.bin', Buffer.concat([whole, Buffer.alloc(64)]));
    const silero = join(REPOSITORY, 'resources', 'models', 'ggml-silero-v6.2.0.bin');
    for (const [args, sentence] of [
      [['import', 'stick/text.bin'], 'is not a Whisper speech model in ggml format'],
      [['import', 'stick/gone.bin'], 'gone.bin” is not there.'],
      [
        ['import', 'stick/model.gguf'],
        'model.gguf” is a model in GGUF format, which VoiceSync does not read.',
      ],
      [['import', 'stick/half.bin'], 'is a speech model that was cut short'],
      [['import', 'stick/more.bin'], 'with something behind its end: 64 B'],
      [['import', silero], 'is another kind of model: it tells where somebody speaks (voice activity)'],
      [['remove', 'base-q8_0'], 'belongs to VoiceSync itself'],
      [['remove', 'huge'], 'There is no speech model “huge” here.'],
      [['default', 'huge'], 'There is no speech model “huge” here.'],
    ] as const) {
      const result = await called(home, ['models', ...args]);
      expect(result).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(sentence) });
    }
    expect(home.names('home', 'models').filter((name) => name.endsWith('.bin'))).toEqual([]);
  });
});

describe('doctor', () => {
  it('shows what is used, in the user’s language', async () => {
    const { status, stdout } = await home.run(['doctor'], { env: { LANG: 'es_ES.UTF-8' } });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Motor de voz +whisper\.cpp \d+\.\d+\.\d+, variante de CPU \S+$/m);
    expect(stdout).toMatch(/^Decodificador +ffmpeg \S+ \(.+: \/.+\)$/m);
    expect(stdout).toMatch(/^Modelos +base-q8_0 \(predeterminado\)$/m);
    expect(stdout).toMatch(/^El mejor modelo aquí +(base|small|large-v3-turbo)-q8_0/m);
    expect(stdout).toContain(home.path('home'));
  });

  it('says what is wrong with a file that lies among the models', async () => {
    const half = readFileSync(DICTATION_MODEL.path).subarray(0, 1_000_000);
    home.write('home/models/half.bin', half);
    home.write('home/models/ggml-small.bin', readFileSync(DICTATION_MODEL.path));
    const { status, stdout } = await home.run(['doctor']);
    expect(status).toBe(0);
    const { ok, checks } = DoctorReport.parse(JSON.parse((await home.run(['doctor', '--json'])).stdout));
    expect(ok).toBe(true);
    expect(checks.find(({ check }) => check === 'models')?.facts).toEqual({
      names: ['base-q8_0'],
      default: 'base-q8_0',
      faults: expect.arrayContaining(['model.cutShort', 'model.hashMismatch']),
    });
    expect(stdout).toMatch(
      /^Models +base-q8_0 \(default\)\n +“.*half\.bin” is a speech model that was cut short/m,
    );
    expect(stdout).toMatch(/^ +“.*ggml-small\.bin” is named like the official model “small”/m);
    expect((await called(home, ['models', 'list'])).stdout).toContain(
      'half.bin” is a speech model that was cut short',
    );
  });
});
