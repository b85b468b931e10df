import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { called } from './testing/called-command.ts';
import { CliHome, PHONE_CALL, REPOSITORY } from './testing/cli-home.ts';

// Each test runs the engine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const home = new CliHome();
beforeAll(async () => {
  await home.chooseDictationModel();
  await home.cut(PHONE_CALL, 6, 'in/call.wav');
});
afterAll(() => home[Symbol.dispose]());

describe('the command line, called again and again in one process', () => {
  it('speaks the language of each call, and gives its status', async () => {
    const wrong = ['transcribe', 'a.wav', '--nonsense'];
    const english = await called(home, wrong);
    const spanish = await called(home, wrong, { env: { LANG: 'es_ES.UTF-8' } });
    expect([english.status, spanish.status]).toEqual([2, 2]);
    expect(english.stderr).toContain('there is no option --nonsense');
    expect(spanish.stderr).toContain('no existe la opción --nonsense');
    const help = await called(home, ['transcribe', '--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: voicesync transcribe/);
    expect(await called(home, wrong)).toEqual(english);
    expect(process.exitCode).toBeUndefined();
  });

  it('transcribes, and leaves neither listeners nor engines behind', async () => {
    const listeners = ['SIGINT', 'SIGTERM', 'exit', 'uncaughtException'].map((name) =>
      process.listenerCount(name),
    );
    const run = ['transcribe', 'in/call.wav', '--format', 'txt', '--out'];
    const first = await called(home, [...run, 'first']);
    const second = await called(home, [...run, 'second']);
    expect([first.status, second.status]).toEqual([0, 0]);
    expect(second.stdout).toBe(first.stdout);
    expect(readFileSync(home.path('second/call.txt'), 'utf8')).toContain('My name is Laura');
    expect(home.ephemeralVaults()).toEqual([]);
    expect(
      ['SIGINT', 'SIGTERM', 'exit', 'uncaughtException'].map((name) => process.listenerCount(name)),
    ).toEqual(listeners);
  });

  it('stops in order when it is asked to', async () => {
    const hearing = join(REPOSITORY, 'e2e', 'fixtures', 'hearing-12min.opus');
    const run = ['transcribe', hearing, '--format', 'txt', '--language', 'en', '--out', 'stopped'];
    const { status, stderr } = await called(home, run, { signalAt: { text: '\n', signal: 'SIGINT' } });
    expect(status).toBe(130);
    expect(stderr).toContain('Interrupted. What was finished is written, and marked incomplete.');
    expect(home.names('stopped')).toEqual(['hearing-12min.txt']);
  });

  it('has its run in the diagnostic log', async () => {
    const { stdout } = await called(home, ['doctor', 'log', '--json']);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).what.event);
    expect(events.slice(0, 1)).toEqual(['started']);
    expect(events).toContain('jobEnded');
    expect(events.at(-1)).toBe('ended');
  });
});
