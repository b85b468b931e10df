import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { CoreEvent } from '../contract/events.ts';
import { EXIT } from './exit-status.ts';
import { commandLine } from './program.ts';
import { REPOSITORY } from './testing/cli-home.ts';

const PAGE = readFileSync(join(REPOSITORY, 'docs', 'command-line.md'), 'utf8');

function commandsOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(commandsOf)];
}

describe('docs/command-line.md', () => {
  it('names every command and every option', () => {
    for (const command of commandsOf(commandLine()).slice(1)) {
      expect(PAGE).toMatch(new RegExp(`\\b${command.name()}\\b`));
      for (const { long } of command.options) expect(PAGE, command.name()).toContain(long ?? '');
    }
  });

  it('names every event with its fields', () => {
    for (const event of CoreEvent.options) {
      const { type, ...fields } = event.shape;
      const row = PAGE.split('\n').find((line) => line.startsWith(`| \`${[...type.values][0]}\` |`)) ?? '';
      for (const field of Object.keys(fields)) expect(row, type.value).toContain(`\`${field}\``);
    }
  });

  it('tells every exit status', () => {
    for (const status of Object.values(EXIT)) expect(PAGE).toContain(`| ${status} | `);
  });
});
