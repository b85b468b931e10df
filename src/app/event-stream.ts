import type { AppEvent, NumberedEvent } from '../contract/ipc.ts';

/** At most ten a second of the events that replace each other. */
const INTERVAL_MS = 100;

/**
 * The events for the window: numbered from 1 and in order. Progress and interim text are throttled so that at most
 * ten a second of each job go out; any other event first flushes the held ones.
 */
export class EventStream {
  readonly #send: (event: NumberedEvent) => void;
  #sequence = 0;
  #held = new Map<string, AppEvent>();
  #timer: NodeJS.Timeout | null = null;

  constructor(send: (event: NumberedEvent) => void) {
    this.#send = send;
  }

  /** The number of the last event sent. */
  get sequence(): number {
    return this.#sequence;
  }

  emit(event: AppEvent): void {
    const key = replaceableAs(event);
    if (key === null) {
      this.flush();
      this.#number(event);
      return;
    }
    this.#held.set(key, event);
    this.#timer ??= setTimeout(() => this.flush(), INTERVAL_MS);
  }

  /** Drops the held events. */
  forget(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#held.clear();
  }

  /** Sends the held events. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const held = this.#held;
    this.#held = new Map();
    for (const event of held.values()) this.#number(event);
  }

  #number(event: AppEvent): void {
    this.#sequence += 1;
    this.#send({ sequence: this.#sequence, event });
  }
}

/** Key under which a newer event replaces an older one; null for events that must all arrive. */
function replaceableAs(event: AppEvent): string | null {
  if (event.type === 'modelCopying') return `${event.type} ${event.name}`;
  if (event.type === 'keepingProgress') return event.type;
  if (event.type !== 'core') return null;
  const { event: core } = event;
  return core.type === 'jobProgress' || core.type === 'interimText' ? `${core.type} ${core.jobId}` : null;
}
