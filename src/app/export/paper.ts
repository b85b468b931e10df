/** Paper sizes of PDFs. */
export type Paper = 'A4' | 'Letter';

// Unicode CLDR, supplemental data, paperSize: everywhere else A4 is usual.
const LETTER_COUNTRIES = 'BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' ');

/** The usual paper size in a country (ISO 3166, two letters; empty if unknown). */
export function paperOf(country: string): Paper {
  return LETTER_COUNTRIES.includes(country.toUpperCase()) ? 'Letter' : 'A4';
}
