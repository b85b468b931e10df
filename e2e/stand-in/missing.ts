// What JavaScript itself, the inspector and promises ask any object for.
const ASKED_OF_ANY_OBJECT = new Set([
  'then',
  'toJSON',
  'inspect',
  'constructor',
  'nodeType',
  'asymmetricMatch',
]);

/** `object` as it is, except that asking it for what the stand-in does not have throws and names it. */
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
