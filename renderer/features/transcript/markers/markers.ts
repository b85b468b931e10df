import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Marker } from '../../../../src/contract/capture.ts';
import { request, snapshot } from '../../../lib/client.ts';
import { EventMirror } from '../../../lib/event-mirror.ts';

/** The markers of an open transcript. */
export class Markers {
  /** By time. */
  readonly store: StoreApi<{ readonly markers: readonly Marker[] }> = createStore(() => ({ markers: [] }));
  readonly #recordingId: string;
  readonly #mirror: EventMirror;
  readonly #unsubscribe: () => void;

  constructor(recordingId: string) {
    this.#recordingId = recordingId;
    this.#mirror = new EventMirror((event) => {
      if (event.type === 'markersChanged' && event.recordingId === recordingId) this.#take(event.markers);
    });
    this.#unsubscribe = window.voicesync.subscribe((event) => this.#mirror.take(event));
  }

  /** Fetches them. Throws AppErrors. */
  async load(): Promise<void> {
    const { value, sequence } = await snapshot('markers.list', { recordingId: this.#recordingId });
    this.#take(value);
    this.#mirror.begin(sequence);
  }

  /** Sets a marker at a time of the recording. Throws AppErrors. */
  async add(atMs: number): Promise<void> {
    await this.#save({ id: crypto.randomUUID(), atMs: Math.max(0, Math.round(atMs)), label: '' });
  }

  /** Throws AppErrors. */
  async rename(marker: Marker, label: string): Promise<void> {
    if (label !== marker.label) await this.#save({ ...marker, label });
  }

  /** Throws AppErrors. */
  async delete({ id }: Marker): Promise<void> {
    await request('markers.delete', { recordingId: this.#recordingId, id });
    this.#take(this.store.getState().markers.filter((one) => one.id !== id));
  }

  /** Brings a deleted marker back. Throws AppErrors. */
  async restore(marker: Marker): Promise<void> {
    await this.#save(marker);
  }

  close(): void {
    this.#unsubscribe();
  }

  async #save(marker: Marker): Promise<void> {
    await request('markers.save', { recordingId: this.#recordingId, marker });
    this.#take([...this.store.getState().markers.filter(({ id }) => id !== marker.id), marker]);
  }

  #take(markers: readonly Marker[]): void {
    this.store.setState({ markers: [...markers].sort((a, b) => a.atMs - b.atMs) });
  }
}
