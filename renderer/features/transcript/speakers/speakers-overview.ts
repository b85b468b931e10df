import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../../../src/contract/errors.ts';
import type { NumberedEvent } from '../../../../src/contract/ipc.ts';
import type { SpeakersView } from '../../../../src/contract/speakers.ts';
import type { EditableSegment } from '../../../../src/contract/views.ts';
import { appErrorOf, request } from '../../../lib/client.ts';
import type { TranscriptSync } from '../sync/transcript-sync.ts';

/** Who speaks when in an open transcript, as displayed. */
export interface OverviewState {
  /** Null until it is known. */
  readonly view: SpeakersView | null;
  /** Why it could not be read last. */
  readonly error: AppError | null;
  /** How far the voices are heard, 0 to 100, while they are; else null. */
  readonly percent: number | null;
}

/** How long changes of the text may follow one another before the overview is read again. */
const SETTLING_MS = 400;

/** Who speaks when in an open transcript: read anew whenever its text says otherwise, or its voices were told apart. */
export class SpeakersOverview {
  readonly store: StoreApi<OverviewState> = createStore(() => ({ view: null, error: null, percent: null }));
  readonly #sync: TranscriptSync;
  readonly #stops: readonly (() => void)[];
  #segments: readonly EditableSegment[];
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Requests made: an answer to any but the last is stale. */
  #requests = 0;

  /** @param onToldAnew the speakers were told apart anew: the text is being reopened. */
  constructor(sync: TranscriptSync, onToldAnew: () => void) {
    this.#sync = sync;
    this.#segments = sync.segments;
    this.#stops = [
      sync.store.subscribe(() => this.#look()),
      window.voicesync.subscribe(({ event }: NumberedEvent) => {
        if (event.type !== 'speakersChanged' || event.recordingId !== sync.recordingId) return;
        this.store.setState({ percent: event.percent });
        if (event.percent !== null) return;
        onToldAnew();
        this.#readSoon();
      }),
    ];
  }

  /** Reads it now. Throws nothing: failures are in the state. */
  async read(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#requests += 1;
    const own = this.#requests;
    const { recordingId } = this.#sync;
    const answer = await request('speakers.overview', { recordingId }).then(
      (view) => ({ view, error: null }),
      (thrown: unknown) => ({ error: appErrorOf(thrown) }),
    );
    if (own === this.#requests) this.store.setState(answer);
  }

  close(): void {
    for (const stop of this.#stops) stop();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#requests += 1;
  }

  #look(): void {
    const { segments } = this.#sync;
    if (segments === this.#segments) return;
    const isSame = saysTheSame(segments, this.#segments);
    this.#segments = segments;
    if (!isSame) this.#readSoon();
  }

  #readSoon(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.read(), SETTLING_MS);
  }
}

/** Whether two texts say the same about who speaks when. */
function saysTheSame(a: readonly EditableSegment[], b: readonly EditableSegment[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return one.speaker === other?.speaker && one.startMs === other.startMs && one.endMs === other.endMs;
    })
  );
}
