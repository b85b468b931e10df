import type { CoreEvent } from '../../contract/events.ts';

type EventOf<T extends CoreEvent['type']> = Extract<CoreEvent, { type: T }>;

/** Records the events of a workspace, and waits for expected ones. */
export class EventLog {
  readonly events: CoreEvent[] = [];
  #changed = Promise.withResolvers<void>();

  readonly emit = (event: CoreEvent): void => {
    this.events.push(event);
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  };

  /** All events of a type so far. */
  all<T extends CoreEvent['type']>(type: T): EventOf<T>[] {
    return this.events.filter((event) => event.type === type) as EventOf<T>[];
  }

  /** Waits until there are this many events of a type; returns the last of them. */
  async nth<T extends CoreEvent['type']>(type: T, count = 1): Promise<EventOf<T>> {
    for (;;) {
      const event = this.all(type)[count - 1];
      if (event !== undefined) return event;
      await this.#changed.promise;
    }
  }
}
