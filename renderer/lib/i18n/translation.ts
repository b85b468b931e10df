/** A translation of a catalogue: a sentence for each of its keys, or it does not compile. */
export type Translation<Catalogue> = { readonly [Key in keyof Catalogue]: string };
