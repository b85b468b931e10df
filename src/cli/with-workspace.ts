import type { EventSink } from '../contract/events.ts';
import type { Workspace } from './session.ts';
import { openWorkspace, type VaultChoice } from './session.ts';
import type { Terminal } from './terminal.ts';

/** Opens the vault, does something in it, and seals it again whatever happens. */
export async function withWorkspace<T>(
  terminal: Terminal,
  choice: VaultChoice,
  body: (workspace: Workspace) => Promise<T>,
  emit: EventSink = () => undefined,
): Promise<T> {
  const workspace = await openWorkspace(terminal, choice, emit);
  try {
    return await body(workspace);
  } finally {
    await workspace.close();
  }
}
