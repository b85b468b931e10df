import type { EventEmitter } from 'node:events';

/** An event whose default can be prevented, as Electron's handlers get it. */
export interface CancellableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** Makes such an event, with its other properties. */
export function cancellableEvent<T extends object>(facts: T): T & CancellableEvent {
  const event = {
    ...facts,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}

/** Emits such an event. False if a listener has prevented its default. */
export function cancellable(
  emitter: EventEmitter,
  name: string,
  facts: object = {},
  ...args: unknown[]
): boolean {
  const event = cancellableEvent(facts);
  emitter.emit(name, event, ...args);
  return !event.defaultPrevented;
}
