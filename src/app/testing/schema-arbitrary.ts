import fc from 'fast-check';
import type { z } from '../../contract/schema.ts';

/** Zod's definition of a schema, as far as the contract uses it. */
interface Definition {
  readonly type: string;
  readonly shape?: Record<string, z.ZodType>;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Record<string, string>;
  readonly values?: readonly unknown[];
}

const definitionOf = (schema: z.ZodType): Definition => schema.def as unknown as Definition;

/**
 * Values of a schema's shape. Patterns are ignored, bounds sometimes: some values are invalid. `ids` are used for
 * strings occasionally, so that some name existing things.
 */
export function arbitraryOf(schema: z.ZodType, ids: readonly string[]): fc.Arbitrary<unknown> {
  const definition = definitionOf(schema);
  const inner = (part: z.ZodType | undefined) =>
    part === undefined ? fc.anything() : arbitraryOf(part, ids);
  switch (definition.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(definition.shape ?? {}).map(([key, part]) => [key, inner(part)])),
      );
    case 'array':
      return fc.array(inner(definition.element), { maxLength: 3 });
    case 'record':
      return fc.dictionary(inner(definition.keyType) as fc.Arbitrary<string>, inner(definition.valueType), {
        maxKeys: 3,
      });
    case 'nullable':
      return fc.option(inner(definition.innerType));
    case 'default':
    case 'optional':
      return fc.option(inner(definition.innerType), { nil: undefined });
    case 'union':
      return fc.oneof(...(definition.options ?? []).map(inner));
    case 'enum':
      return fc.constantFrom(...Object.values(definition.entries ?? {}));
    case 'literal':
      return fc.constantFrom(...(definition.values ?? []));
    case 'string':
      return fc.oneof(fc.constantFrom(...ids), fc.string({ unit: 'binary', maxLength: 20 }), fc.uuid());
    case 'number':
      return fc.oneof(
        { arbitrary: withinBounds(schema as z.ZodNumber), weight: 9 },
        { arbitrary: fc.oneof(fc.nat(5), fc.integer(), fc.double()), weight: 1 },
      );
    case 'boolean':
      return fc.boolean();
    // The contract's only one: bytes.
    case 'custom':
      return fc.uint8Array({ maxLength: 50 });
    case 'void':
      return fc.constant(undefined);
    default:
      throw new Error(`The contract has a new kind of schema: ${definition.type}`);
  }
}

function withinBounds({ minValue, maxValue }: z.ZodNumber): fc.Arbitrary<number> {
  const min = Math.ceil(Math.max(minValue ?? -2147483648, -2147483648));
  return fc.integer({ min, max: Math.max(min, Math.floor(Math.min(maxValue ?? 2147483647, 2147483647))) });
}
