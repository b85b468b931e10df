import type { Command } from 'commander';
import { readRuleFile } from '../../app/automatic-corrections/automatic-corrections-handlers.ts';
import type { VaultApp } from '../../app/open-app.ts';
import type { AddedRules, CorrectionRule } from '../../contract/correction-rules.ts';
import { matterNamed } from '../arguments/matter-named.ts';
import {
  type ListingFlags,
  type RequiredVaultFlags,
  withExamples,
  withJsonOption,
  withVaultOptions,
} from '../arguments/options.ts';
import { UsageProblem } from '../arguments/usage-problem.ts';
import type { RunCommand } from '../explain.ts';
import { correctionListing } from '../listings/matter-listings.ts';
import { shortId } from '../printed/short-id.ts';
import { table } from '../printed/table.ts';
import { withVault } from '../session.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { headings } from '../texts.ts';

type ListFlags = RequiredVaultFlags & ListingFlags & { readonly matter?: string };
type OfMatter = RequiredVaultFlags & { readonly matter?: string };
type AddFlags = OfMatter & { readonly matchCase?: boolean };

/** `voicesync corrections`. */
export function addCorrectionsCommand(program: Command, run: RunCommand): void {
  const corrections = program
    .command('corrections')
    .description('See and change the words that are corrected in every new transcript');
  addList(corrections, run);
  addAdd(corrections, run);
  addRemove(corrections, run);
  addImport(corrections, run);
  addExport(corrections, run);
  withExamples(corrections, [
    ['corrections add "Mr Thorn" "Mr Thorne" --vault ~/Vault'],
    ['corrections import names.txt --matter "Thorne v. Hale" --vault ~/Vault'],
  ]);
}

function addList(corrections: Command, run: RunCommand): void {
  const list = matterOption(corrections.command('list').description('List corrections'));
  withExamples(withJsonOption(withVaultOptions(list, 'required')), [['corrections list --vault ~/Vault']]);
  list.action((flags: ListFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => listRules(terminal, app, flags))),
  );
}

function addAdd(corrections: Command, run: RunCommand): void {
  const add = matterOption(
    corrections.command('add <find> <replacement>').description('Add a correction: whole words, in any case'),
  ).option('--match-case', 'only where capitals are as typed');
  withExamples(withVaultOptions(add, 'required'), [
    ['corrections add "Mr Thorn" "Mr Thorne" --vault ~/Vault'],
  ]);
  add.action((find: string, replacement: string, flags: AddFlags) =>
    run((terminal) =>
      withVault(terminal, flags, async (app) => {
        const rule = { find, replacement, matchCase: flags.matchCase ?? false };
        const added = await app.automaticCorrections.add(await listOf(app, flags), [rule]);
        return tellAdded(terminal, added);
      }),
    ),
  );
}

function addRemove(corrections: Command, run: RunCommand): void {
  const remove = corrections
    .command('remove <correction...>')
    .description('Remove corrections; transcripts that they have changed stay as they are');
  withExamples(withVaultOptions(remove, 'required'), [['corrections remove 77aa01b2 --vault ~/Vault']]);
  remove.action((ids: string[], flags: RequiredVaultFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => removeRules(terminal, app, ids))),
  );
}

function addImport(corrections: Command, run: RunCommand): void {
  const from = matterOption(
    corrections
      .command('import <file>')
      .description('Add the corrections of a text file: on each line the words, a tab, and what to write'),
  );
  withExamples(withVaultOptions(from, 'required'), [['corrections import names.txt --vault ~/Vault']]);
  from.action((file: string, flags: OfMatter) =>
    run((terminal) =>
      withVault(terminal, flags, async (app) => {
        const text = await readRuleFile(file);
        return tellAdded(terminal, await app.automaticCorrections.addFile(await listOf(app, flags), text));
      }),
    ),
  );
}

function addExport(corrections: Command, run: RunCommand): void {
  const to = matterOption(
    corrections.command('export').description('Print the corrections as such a text file'),
  );
  withExamples(withVaultOptions(to, 'required'), [['corrections export --vault ~/Vault > names.txt']]);
  to.action((flags: OfMatter) =>
    run((terminal) =>
      withVault(terminal, flags, async (app) => {
        const text = await app.automaticCorrections.file(await listOf(app, flags));
        if (text !== '') terminal.print(text.trimEnd());
        return EXIT.done;
      }),
    ),
  );
}

function matterOption(command: Command): Command {
  return command.option('--matter <name>', 'those of this matter (default: those of the whole vault)');
}

async function listOf(app: VaultApp, { matter }: { readonly matter?: string }): Promise<string | null> {
  return matter === undefined ? null : await matterNamed(app, matter);
}

async function listRules(terminal: Terminal, app: VaultApp, flags: ListFlags): Promise<ExitStatus> {
  const { say } = terminal;
  const rules = await app.automaticCorrections.rules(await listOf(app, flags));
  if (flags.json) terminal.printJson(correctionListing(rules));
  else if (rules.length === 0) terminal.print(say('noCorrections'));
  else {
    const rows = rules.map(({ id, find, replacement, matchCase }) => [
      shortId(id),
      find,
      replacement,
      matchCase ? say('caseCounts') : '',
    ]);
    terminal.print(table(headings(say, ['id', 'heard', 'written', 'case']), rows));
  }
  return EXIT.done;
}

/** All are found before the first is removed. */
async function removeRules(terminal: Terminal, app: VaultApp, ids: readonly string[]): Promise<ExitStatus> {
  const { automaticCorrections, matters } = app;
  const lists = [null, ...(await matters.list()).map(({ id }) => id)];
  const all: CorrectionRule[] = [];
  for (const list of lists) all.push(...(await automaticCorrections.rules(list)));
  const rules = ids.map((text) => {
    const wanted = text.toLowerCase();
    const [rule, ...others] = all.filter(({ id }) => wanted !== '' && id.endsWith(wanted));
    if (rule === undefined || others.length > 0)
      throw new UsageProblem(({ say }) => say('usage.noCorrection', { id: text }));
    return rule;
  });
  await automaticCorrections.remove(rules.map(({ id }) => id));
  for (const { id, find } of rules)
    terminal.print(`${shortId(id)}  ${terminal.say('correctionRemoved', { find })}`);
  return EXIT.done;
}

function tellAdded(terminal: Terminal, { added, replaced }: AddedRules): ExitStatus {
  terminal.print(terminal.say('correctionsAdded', { count: added + replaced }));
  return EXIT.done;
}
