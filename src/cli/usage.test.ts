import type { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { parseTimeOffset } from './arguments/options.ts';
import { commandLine } from './program.ts';
import { called } from './testing/called-command.ts';
import { CliHome } from './testing/cli-home.ts';

const home = new CliHome();
afterAll(() => home[Symbol.dispose]());

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}

describe('--help', () => {
  it('is there for every command, with an example that is one of this very command', () => {
    const commands = allCommands(commandLine(process, async () => undefined));
    expect(commands.map((command) => command.name())).toEqual(
      expect.arrayContaining([
        'transcribe',
        'verify',
        'recovery-key',
        'erase',
        'metrics',
        'default',
        'doctor',
      ]),
    );
    for (const command of commands) {
      const help = helpOf(command);
      const names = [command.name()];
      for (let above = command.parent; above?.parent; above = above.parent) names.unshift(above.name());
      const typed = command.parent === null ? 'voicesync transcribe' : `voicesync ${names.join(' ')}`;
      expect(help.slice(help.indexOf('Example')), typed).toContain(`  ${typed}`);
      expect(help).toMatch(/^Usage: voicesync/);
      expect(help, 'a switch that is off needs no default').not.toContain('default: false');
    }
  });

  it('names every option that a transcription takes', () => {
    const transcribe = commandLine(process, async () => undefined).commands.find(
      (command) => command.name() === 'transcribe',
    );
    const names = transcribe?.options.map((option) => option.long);
    const wanted =
      '--out --format --time-offset --model --language --prompt --speakers --speakers-at-most --timestamps --translate --keep-silence --threads ' +
      '--beam-size --usual-languages ' +
      '--subtitle-line-length --subtitle-lines --subtitle-reading-speed --subtitle-gap --subtitle-shortest ' +
      '--subtitle-longest --srt-bom --srt-crlf --csv-delimiter --template --lines-per-page --characters-per-line --clean --pauses --overlaps --speaker-labels ' +
      '--questioner --witness --edit-log ' +
      '--vault --passphrase-file --recovery-key-file --overwrite --skip-existing --quiet --json --track --quality --text';
    expect(names?.sort()).toEqual(wanted.split(' ').sort());
  });
});

it('--help lists what the command line can write, and no more', () => {
  const transcribe = commandLine(process, async () => undefined).commands.find(
    (command) => command.name() === 'transcribe',
  );
  const format = transcribe?.options.find((option) => option.long === '--format');
  expect(format?.description).toContain('txt, docx, srt, vtt, json, md, html, csv, otr, rttm');
});

describe('--time-offset', () => {
  it.each([
    ['00:30:00', 1_800_000],
    ['-00:00:02.5', -2500],
    ['90', 90_000],
    ['+1:30', 90_000],
    ['-0', 0],
    ['100:00:00', 360_000_000],
    ['90:00', 5_400_000],
    ['\u22122,25', -2250],
  ])('%s is %i ms', (text, ms) => expect(parseTimeOffset(text)).toBe(ms));

  it.each([
    '',
    'abc',
    '1:2:3:4',
    '00:60',
    '1:60:00',
    '1.2345',
    '--5',
    '1e3',
    '01:00:00:12',
    '5 s',
    '99999999',
    '1001:00:00',
  ])('%j is refused', (text) => expect(() => parseTimeOffset(text)).toThrow('usage.invalid'));
});

describe('wrong usage', () => {
  it.each([
    [['nonsense'], 'there is no command nonsense'],
    [['transcrib', 'a.wav'], '→ transcribe'],
    [['transcribe'], 'is missing'],
    [['transcribe', 'a.wav', '--nonsense'], 'there is no option --nonsense'],
    [['transcribe', 'a.wav', '--language', 'xx'], '“xx” is not a language'],
    [['transcribe', 'a.wav', '--usual-languages', 'es,auto'], 'is not a language'],
    [['transcribe', 'a.wav', '--usual-languages', 'es', '--language', 'en'], 'do not go together'],
    [['transcribe', 'a.wav', '--usual-languages', 'es', '--vault', 'v'], 'do not go together'],
    [['transcribe', 'a.wav', '--format', 'txt,odt'], '“odt” is not a format'],
    [['transcribe', 'a.wav', '--format', 'txt,pdf'], 'A PDF is printed by the desktop app'],
    [['transcribe', 'a.wav', '--skip-existing', '--format', 'txt,srt'], '--skip-existing needs docx or json'],
    [['transcribe', 'a.wav', '--time-offset', '1:75:00'], '--time-offset is hours:minutes:seconds'],
    [['transcribe', 'a.wav', '--threads', '0'], '--threads is a whole number'],
    [
      ['transcribe', 'a.wav', '--speakers', '21'],
      '--speakers is auto, channels, none or a whole number from 1',
    ],
    [['transcribe', 'a.wav', '--speakers', 'two'], '--speakers is auto, channels, none or a whole number'],
    [['transcribe', 'a.wav', '--speakers-at-most', '0'], '--speakers-at-most is a whole number from 1 to 20'],
    [
      ['transcribe', 'a.wav', '--speakers', '3', '--speakers-at-most', '4'],
      'do not go together: --speakers 3, --speakers-at-most',
    ],
    [
      ['queue', 'add', 'x', '--vault', 'v', '--speakers', 'none', '--speakers-at-most', '4'],
      'do not go together: --speakers none, --speakers-at-most',
    ],
    [['transcribe', 'a.wav', '--subtitle-lines', '0'], '--subtitle-lines is a whole number from 1 to 4'],
    [
      ['transcribe', 'a.wav', '--subtitle-shortest', '4,5', '--subtitle-longest', '3'],
      'cannot stand for 4.5 s at least (--subtitle-shortest) and 3 s at most (--subtitle-longest)',
    ],
    [['transcribe', 'a.wav', '--beam-size', '9'], '--beam-size is a whole number from 1 to 8'],
    [['transcribe', 'a.wav', '--passphrase-file', 'a', '--recovery-key-file', 'b'], 'do not go together'],
    [
      ['recordings', 'speakers', 'x', '--vault', 'v', '--count', '3', '--at-most', '4'],
      'do not go together: --count <n|auto>, --at-most <n>',
    ],
    [['recordings', 'speakers', 'x', '--vault', 'v', '--count', 'all'], '--count is auto or a whole number'],
    [['voices', 'remember', 'x', 'y', '--vault', 'v', '--until', '2020-01-01'], '--until is a day to come'],
    [['voices', 'remember', 'x', 'y', '--vault', 'v', '--until', '2099-02-30'], '--until is a day to come'],
    [['voices', 'keep', 'x', '--vault', 'v'], 'the option --until <day|never> must be given'],
    [['voices', 'forget', '--vault', 'v'], 'name the voices to delete, or add --all'],
    [['voices', 'forget', 'x', '--all', '--vault', 'v'], 'name the voices to delete, or add --all'],
    [['recordings', 'list'], 'the option --vault <folder> must be given'],
    [['queue', 'first', 'x', '--vault', 'v', '--from', '0:10'], '--from and --to go together'],
    [['vault', 'init', 'a', 'b'], 'more arguments'],
  ])('%j is refused in a sentence, with exit status 2 and nothing done', async (args, sentence) => {
    const { status, stdout, stderr } = await called(home, args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(home.names('home')).toEqual([]);
  });

  it('is told in Spanish where that is the user’s language', async () => {
    const { status, stderr } = await home.run(['transcribe', 'a.wav', '--nonsense'], {
      env: { LANG: 'es_ES.UTF-8' },
    });
    expect(status).toBe(2);
    expect(stderr).toBe(
      'No se ha entendido la orden: no existe la opción --nonsense. Añada --help para ver lo que se puede hacer, con ejemplos. No se ha hecho nada.\n',
    );
  });

  it('is one line of JSON for a program', async () => {
    const { status, stdout, stderr } = await called(home, [
      'transcribe',
      'a.wav',
      '--language',
      'xx',
      '--json',
    ]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      type: 'error',
      code: 'language.unknown',
      details: { language: 'xx' },
      what: expect.stringContaining('xx'),
      todo: expect.any(String),
    });
  });

  it('without any command shows the help', async () => {
    const { status, stderr } = await called(home, []);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Usage: voicesync/);
  });
});
