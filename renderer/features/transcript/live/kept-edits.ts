import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KeptEditView } from '../../../../src/contract/views.ts';
import { request } from '../../../lib/client.ts';
import type { TranscriptSync } from '../sync/transcript-sync.ts';

/** The corrections of the live text that stayed, beside what the final transcript heard in their places. */
export class KeptEdits {
  readonly store: StoreApi<{ readonly edits: readonly KeptEditView[]; readonly isOpen: boolean }> =
    createStore(() => ({ edits: [], isOpen: false }));
  readonly #sync: TranscriptSync;

  constructor(sync: TranscriptSync) {
    this.#sync = sync;
  }

  /** Fetches them. Throws AppErrors. */
  async load(): Promise<void> {
    const edits = await request('transcripts.keptEdits', { recordingId: this.#sync.recordingId });
    this.store.setState({ edits });
  }

  /** Shows them as they are now. Throws AppErrors. */
  async open(): Promise<void> {
    await this.#sync.flush();
    await this.load();
    this.store.setState({ isOpen: true });
  }

  close(): void {
    this.store.setState({ isOpen: false });
  }

  /** Takes over what was heard in the place of a correction; undo takes it back. Throws AppErrors. */
  async takeHeard({ machineIds }: KeptEditView): Promise<void> {
    await this.#sync.run({ kind: 'takeHeard', machineIds });
    await this.load();
  }
}
