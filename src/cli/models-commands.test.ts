import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { CliHome, REPOSITORY } from './testing/cli-home.ts';

// Each test runs the whole program several times.
vi.setConfig({ testTimeout: 180_000 });

const home = new CliHome();
afterAll(() => home[Symbol.dispose]());

describe('models', () => {
  it('are brought in, made the default, and removed', async () => {
    const sample = readFileSync(join(REPOSITORY, 'resources', 'models', 'ggml-sample-dictation.bin'));
    home.write('stick/own.bin', Buffer.concat([sample, Buffer.alloc(64)]));
    const brought = await home.run(['models', 'import', 'stick/own.bin']);
    expect(brought.status).toBe(0);
    expect(brought.stdout).toMatch(/^own: 17 MB, not in the catalogue\nSHA-256 [0-9a-f]{64}\n$/);
    expect((await home.run(['models', 'default', 'own'])).status).toBe(0);
    const list = (await home.run(['models', 'list'])).stdout;
    expect(list).toMatch(/^own +17 MB +many +not in the catalogue +default$/m);
    expect(list).toMatch(/^sample +17 MB +many +verified$/m);
    expect(list).toContain('Official models that are not on this machine: tiny,');
    const removed = await home.run(['models', 'remove', 'own']);
    expect(removed.stdout).toBe('own: removed\nThe sample model is the default again.\n');
  });

  it('that cannot be used or removed are told in a sentence', async () => {
    home.write('stick/text.bin', 'This is no model.\n');
    for (const [args, sentence] of [
      [['import', 'stick/text.bin'], 'is not a Whisper speech model in ggml format'],
      [['import', 'stick/gone.bin'], 'gone.bin” is not there.'],
      [['remove', 'sample'], 'belongs to VoiceSync itself'],
      [['remove', 'huge'], 'There is no speech model “huge” here.'],
      [['default', 'huge'], 'There is no speech model “huge” here.'],
    ] as const) {
      const result = await home.run(['models', ...args]);
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
    expect(stdout).toMatch(/^Modelos +sample \(predeterminado\)$/m);
    expect(stdout).toContain(home.path('home'));
  });
});
