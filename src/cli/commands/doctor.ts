import type { Command } from 'commander';
import { logLineOf } from '../../app/diagnostics/diagnostics.ts';
import {
  type DoctorCheck,
  type DoctorFound,
  type DoctorResult,
  examineInstallation,
} from '../../app/diagnostics/doctor.ts';
import { failureOf } from '../../contract/errors.ts';
import { describeError } from '../../messages/describe-error.ts';
import { type ListingFlags, withExamples, withJsonOption } from '../arguments/options.ts';
import type { RunCommand } from '../explain.ts';
import type { DoctorReport } from '../listings/doctor-report.ts';
import { toldFailure } from '../listings/told-failure.ts';
import { displayWidth, padded } from '../printed/display-width.ts';
import { fileSize } from '../printed/quantities.ts';
import { machineInWords, recommendationInWords } from '../printed/recommendation.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Texts } from '../texts.ts';
import { addLogCommands } from './doctor-log.ts';
import { addPrivacyCommand } from './doctor-privacy.ts';

/** Result of a check: one or several lines for people, and facts for programs. */
type Told = Pick<DoctorReport['checks'][number], 'text' | 'facts'>;

/** All checks; their names are printed in one column. */
const CHECKS = [
  'program',
  'engine',
  'speakers',
  'decoder',
  'models',
  'recommended',
  'folder',
  'machine',
  'log',
] as const satisfies readonly DoctorCheck[];

/** `voicesync doctor`. */
export function addDoctorCommand(program: Command, run: RunCommand): void {
  const doctor = program
    .command('doctor')
    .description('Show what is installed and used, and what is missing');
  withExamples(withJsonOption(doctor), [['doctor']]).action((flags: ListingFlags) =>
    run((terminal) => examine(terminal, flags)),
  );
  addLogCommands(doctor, run);
  addPrivacyCommand(doctor, run);
}

async function examine(terminal: Terminal, { json }: ListingFlags): Promise<ExitStatus> {
  const width = Math.max(...CHECKS.map((check) => displayWidth(terminal.say(`checks.${check}`))));
  const checks: DoctorReport['checks'] = [];
  for await (const result of examineInstallation(terminal.launchEngine)) {
    const told = tell(result, terminal);
    checks.push(told);
    if (json) continue;
    const { failure, text } = told;
    const [first, ...more] =
      failure === null ? text.split('\n') : [`${terminal.say('missing')} ${failure.what} ${failure.todo}`];
    terminal.print(`${padded(terminal.say(`checks.${result.check}`), width)}  ${first}`);
    for (const line of more) terminal.print(`${padded('', width)}  ${line}`);
  }
  const ok = checks.every((one) => one.ok);
  if (json) terminal.printJson({ ok, checks } satisfies DoctorReport);
  return ok ? EXIT.done : EXIT.someFailed;
}

function tell(result: DoctorResult, texts: Texts): DoctorReport['checks'][number] {
  const { check } = result;
  if (result.error !== null) {
    const failure = toldFailure(failureOf(result.error), texts.language);
    return { check, ok: false, text: '', facts: {}, failure };
  }
  return { check, ok: true, ...foundInWords(result, texts), failure: null };
}

function foundInWords(result: DoctorFound, texts: Texts): Told {
  const { say, language } = texts;
  switch (result.check) {
    case 'program':
      return { text: `${result.found.version}, Node ${result.found.node}`, facts: { ...result.found } };
    case 'engine': {
      const { whisperVersion, cpuVariant } = result.found;
      return {
        text: say('cpuVariant', { version: whisperVersion, variant: cpuVariant }),
        facts: { whisperVersion, cpuVariant },
      };
    }
    case 'speakers': {
      const { computeMs } = result.found;
      return { text: say('speakersTold'), facts: { computeMs } };
    }
    case 'decoder': {
      const { version, origin, path } = result.found;
      return { text: `ffmpeg ${version} (${origin}: ${path})`, facts: { version, origin, path } };
    }
    case 'models': {
      const { names, default: usual, faults } = result.found;
      const shown = names.map((name) => (name === usual ? `${name} (${say('isDefault')})` : name));
      const sentences = faults.map((error) => Object.values(describeError(error, language)).join(' '));
      const facts = { names: [...names], default: usual, faults: faults.map(({ code }) => code) };
      return { text: [shown.join(', '), ...sentences].join('\n'), facts };
    }
    case 'recommended': {
      const { name, isHere } = result.found;
      return { text: recommendationInWords(result.found, texts), facts: { name, isHere } };
    }
    case 'folder': {
      const { path, freeBytes } = result.found;
      const text =
        freeBytes === null
          ? say('madeWhenNeeded', { folder: path })
          : say('free', { folder: path, size: fileSize(freeBytes, language) });
      return { text, facts: { path, freeBytes } };
    }
    case 'machine':
      return { text: machineInWords(texts), facts: { ...result.found } };
    case 'log': {
      const { isOn, path, entries, last } = result.found;
      const text = isOn
        ? [say('logEntries', { folder: path, count: entries }), ...last.map(logLineOf)].join('\n')
        : say('logIsOff');
      return { text, facts: { isOn, path, entries } };
    }
  }
}
