/** Plural categories of Unicode CLDR, besides `other`, which every language has. */
type FewerPluralForms = 'zero' | 'one' | 'two' | 'few' | 'many';

/**
 * A translation of a part of the catalogue: a missing key does not compile. Plural forms besides `…_other` are those of
 * the language itself; `catalogue.test.ts` checks them.
 */
export type Translation<Texts> = {
  readonly [Key in keyof Texts as Key extends `${string}_${FewerPluralForms}`
    ? never
    : Key]: Texts[Key] extends string ? string : Translation<Texts[Key]>;
} & {
  readonly [Key in keyof Texts as Key extends `${infer Base}_other`
    ? `${Base}_${FewerPluralForms}`
    : never]?: string;
};
