import { availableParallelism, totalmem } from 'node:os';
import packageFacts from '../../../package.json' with { type: 'json' };
import { COMMANDS, type Diagnostic } from '../../contract/diagnostics.ts';
import { loggedVersion } from './plain-values.ts';

/** The log's first entry of a run: which program began, and on what. `command` is the command of the command line. */
export function programStart(program: 'window' | 'command', command: string | null): Diagnostic {
  const { platform, arch, versions } = process;
  return {
    event: 'started',
    program,
    command: command === null ? null : (COMMANDS.find((known) => known === command) ?? 'other'),
    version: packageFacts.version,
    platform: platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other',
    architecture: arch === 'x64' || arch === 'arm64' ? arch : 'other',
    node: loggedVersion(versions.node),
    electron: versions.electron === undefined ? null : loggedVersion(versions.electron),
    processors: availableParallelism(),
    memoryMb: Math.round(totalmem() / 1024 ** 2),
  };
}
