import type { EventEmitter } from 'node:events';

// Properties that JavaScript itself, the inspector and promises read from any object.
const ASKED_OF_ANY_OBJECT = new Set([
  'then',
  'toJSON',
  'inspect',
  'constructor',
  'nodeType',
  'asymmetricMatch',
]);

/** A proxy of `object` that throws, with the name, if a property is read that the stand-in lacks. */
export function namingMissing<T extends object>(name: string, object: T): T {
  return new Proxy(object, {
    get(target, property, receiver) {
      if (property in target || typeof property === 'symbol' || ASKED_OF_ANY_OBJECT.has(property)) {
        return Reflect.get(target, property, receiver);
      }
      throw new Error(`The stand-in for Electron has no ${name}.${property}.`);
    },
  });
}

/** Methods that add event listeners. */
const LISTENING = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

/** The same for an emitter: listening to an event that is not in `events`, and so would never come, throws as well. */
export function namingMissingEvents<T extends EventEmitter>(
  name: string,
  emitter: T,
  events: readonly string[],
): T {
  const known = new Set<unknown>(events);
  return new Proxy(namingMissing(name, emitter), {
    get(target, property, receiver) {
      const value: unknown = Reflect.get(target, property, receiver);
      if (typeof value !== 'function' || !LISTENING.has(String(property))) return value;
      return (event: unknown, ...rest: unknown[]) => {
        if (!known.has(event))
          throw new Error(`The stand-in for Electron never emits '${event}' of ${name}.`);
        return value.call(receiver, event, ...rest);
      };
    },
  });
}
