/** Formats of values in texts, as in `{{size, bytes}}`, and their value types. */
export interface ValueFormats {
  number: number;
  bytes: number;
  duration: number;
  list: readonly string[];
}

type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** The key path of a text: `level.raised`. */
type Path<Texts> = {
  [Key in keyof Texts & string]: Texts[Key] extends string ? Key : `${Key}.${Path<Texts[Key]>}`;
}[keyof Texts & string];

type TextAt<Texts, Key> = Key extends keyof Texts
  ? Texts[Key]
  : Key extends `${infer Group}.${infer Rest}`
    ? Group extends keyof Texts
      ? TextAt<Texts[Group], Rest>
      : never
    : never;

type Variable<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Variable<Rest> : never;

type NameOf<Written> = Written extends `${infer Name}, ${string}` ? Name : Written;

type ValueOf<Written> = Written extends `${string}, ${infer Format extends keyof ValueFormats}`
  ? ValueFormats[Format]
  : Written extends 'count'
    ? number
    : string | number;

type Values<Text> = { readonly [Written in Variable<Text> as NameOf<Written> & string]: ValueOf<Written> };

/** Arguments required by a key: none, the values of its text, or, for a plural, the count and the values. */
type Given<Texts, Key extends string> =
  `${Key}_other` extends Path<Texts>
    ? [values: { readonly count: number } & Values<TextAt<Texts, `${Key}_other`>>]
    : [Variable<TextAt<Texts, Key>>] extends [never]
      ? []
      : [values: Values<TextAt<Texts, Key>>];

/** The keys of a part of the catalogue; a plural has one, without its form. */
export type TextKey<Texts> =
  Path<Texts> extends infer Key ? (Key extends `${infer Base}_${PluralForm}` ? Base : Key) : never;

/**
 * Returns the texts of a part of the catalogue in one language. i18next's own types let a plural's count be omitted;
 * here, an unknown key or a missing value does not compile.
 */
export type Translator<Texts> = <Key extends TextKey<Texts> & string>(
  key: Key,
  ...values: Given<Texts, Key>
) => string;
