/** Sizes of paper that a PDF is made for. */
export type Paper = 'A4' | 'Letter';

// Unicode CLDR, supplemental data, paperSize: everywhere else A4 is usual.
const LETTER_COUNTRIES = 'BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' ');

/** The paper that is usual in a country (ISO 3166, two letters; empty where it is not known). */
export function paperOf(country: string): Paper {
  return LETTER_COUNTRIES.includes(country.toUpperCase()) ? 'Letter' : 'A4';
}
