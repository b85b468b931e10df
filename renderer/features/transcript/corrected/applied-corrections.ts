import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppliedCorrection } from '../../../../src/contract/correction-rules.ts';
import { request } from '../../../lib/client.ts';
import type { TranscriptSync } from '../sync/transcript-sync.ts';

/** What automatic corrections have changed in a text. */
export interface AppliedState {
  readonly corrections: readonly AppliedCorrection[];
  readonly isOpen: boolean;
  /** Whether the line that tells of them was closed. */
  readonly isDismissed: boolean;
}

/** The automatic corrections in an open text, and taking them back. */
export class AppliedCorrections {
  readonly store: StoreApi<AppliedState> = createStore(() => ({
    corrections: [],
    isOpen: false,
    isDismissed: false,
  }));
  readonly #sync: TranscriptSync;

  constructor(sync: TranscriptSync) {
    this.#sync = sync;
  }

  /** Fetches them. Throws AppErrors. */
  async load(): Promise<void> {
    const { recordingId } = this.#sync;
    this.store.setState({ corrections: await request('autoCorrections.applied', { recordingId }) });
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

  dismiss(): void {
    this.store.setState({ isDismissed: true });
  }

  /** Takes one back, or all (null) that still stand; one undo brings them again. Throws AppErrors. */
  async takeBack(correction: AppliedCorrection | null): Promise<void> {
    const keys =
      correction === null ? null : [{ versionId: correction.versionId, number: correction.number }];
    await this.#sync.run({ kind: 'takeBack', corrections: keys });
    await this.load();
  }
}
