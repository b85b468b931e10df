import type { z } from '../../contract/schema.ts';

/** Reads a JSON column and checks it against its schema. */
export function readJson<S extends z.ZodType>(schema: S, text: string): z.infer<S> {
  return schema.parse(JSON.parse(text));
}

/** Like `readJson`, for a column that may be null. */
export function readNullableJson<S extends z.ZodType>(schema: S, text: string | null): z.infer<S> | null {
  return text === null ? null : readJson(schema, text);
}

/** Checks a value against its schema and writes it as JSON. */
export function writeJson<S extends z.ZodType>(schema: S, value: z.input<S>): string {
  return JSON.stringify(schema.parse(value));
}

/** Like `writeJson`, keeping null as SQL's null. */
export function writeNullableJson<S extends z.ZodType>(schema: S, value: z.input<S> | null): string | null {
  return value === null ? null : writeJson(schema, value);
}
