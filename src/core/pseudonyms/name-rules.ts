/** How names are told from other capitalised words in a language. Words are folded: small letters, no accents. */
export interface NameRules {
  /** Words before a person's name that are no part of it. */
  readonly titles: ReadonlySet<string>;
  /** Capitalised words that are no names. */
  readonly common: ReadonlySet<string>;
  /** Small words within a name, as they are written. */
  readonly particles: ReadonlySet<string>;
  /** Small words before a place. */
  readonly before: ReadonlySet<string>;
  /** Words that make a name a place. */
  readonly placeWords: RegExp;
  /** Dates in words. */
  readonly dates: RegExp;
  /** Every noun has a capital: only titles and runs of two tell names. */
  readonly capitalisesNouns: boolean;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const NO_DATES = /(?!)/gu;

const ENGLISH: NameRules = {
  titles: words(
    'mr mrs ms miss dr doctor professor prof judge justice sir lady lord officer sergeant detective inspector captain nurse',
  ),
  common: words(
    'i im ive id ill ok okay yes no the a an and but so or if when then well oh he she it we you they this that these those there here what who where why how my your his her our their monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december english spanish french german god court did do does is are was were am have has had can could would should please thank thanks hello',
  ),
  particles: words('de of la van von der'),
  before: words('in at from near to into through towards around'),
  placeWords:
    /\b(Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square|Hospital|School|University|Park|Bridge|Station|Airport|Hotel|County|City|Church|Prison)\b/u,
  dates:
    /\b(?:(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? )?(?:January|February|March|April|June|July|August|September|October|November|December)(?: (?:the )?\d{1,2}(?:st|nd|rd|th)?)?(?:,? (?:19|20)\d{2})?\b|\b(?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?May(?:,? (?:19|20)\d{2})?\b|\bMay \d{1,2}(?:st|nd|rd|th)?(?:,? (?:19|20)\d{2})?\b/gu,
  capitalisesNouns: false,
};

const SPANISH: NameRules = {
  titles: words(
    'senor senora senorita sr sra srta don dona doctor doctora dr dra profesor profesora juez jueza licenciado licenciada',
  ),
  common: words(
    'yo si no el la los las un una y pero o que como cuando donde quien porque entonces bueno ella ellos nosotros usted ustedes este esta eso esa mi su me se le en a de por para con lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre dios es era fue ha han hay tiene tenia puede podria sabe gracias hola',
  ),
  particles: words('de del la las los y'),
  before: words('en desde hacia hasta cerca'),
  placeWords:
    /\b(Calle|Avenida|Plaza|Paseo|Carretera|Camino|Hospital|Colegio|Escuela|Universidad|Parque|Puente|Estación|Aeropuerto|Hotel|Iglesia)\b/u,
  dates:
    /\b\d{1,2} de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)(?: (?:de|del) (?:19|20)\d{2})?\b/giu,
  capitalisesNouns: false,
};

const GERMAN: NameRules = {
  titles: words('herr herrn frau doktor dr professor prof richter richterin'),
  common: words(
    'ich sie er es wir ihr der die das ein eine und aber hat haben ist sind war kann danke bitte hallo',
  ),
  particles: words('von zu van der'),
  before: words('in aus nach bei'),
  placeWords: /(straße|strasse|platz|gasse|weg|allee|krankenhaus|klinik)\b/iu,
  dates:
    /\b\d{1,2}\. (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?: (?:19|20)\d{2})?/gu,
  capitalisesNouns: true,
};

/** The rules by Whisper's language codes. */
export const NAME_RULES: Readonly<Record<string, NameRules>> = { en: ENGLISH, es: SPANISH, de: GERMAN };

/** For other languages: capitalised words within sentences. */
export const OTHER_RULES: NameRules = {
  ...{
    titles: words(''),
    common: words(''),
    particles: words('de da di du van von der la le'),
    before: words(''),
  },
  ...{ placeWords: NO_DATES, dates: NO_DATES, capitalisesNouns: false },
};
