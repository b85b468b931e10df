import type { versions as english } from '../../en/window/versions.ts';
import type { Translation } from '../../translation.ts';

/** Versiones de una transcripción: su lista, y la lectura de una junto al texto actual. */
export const versions: Translation<typeof english> = {
  title: 'Versiones',
  about:
    'Nada se sobrescribe: los borradores de la máquina y sus textos corregidos se conservan. Abra una para leerla y escucharla.',
  loading: 'Buscando versiones…',
  machine: 'Borrador de la máquina',
  edited: 'Texto corregido',
  name: 'Versión {{number}} · {{kind}}',
  current: 'Texto actual',
  byModel: 'Modelo {{model}}',
  live: 'Hecha durante la grabación',
  incomplete: 'Sin terminar',
  changed_one: '{{count}} pasaje cambiado',
  changed_many: '{{count}} pasajes cambiados',
  changed_other: '{{count}} pasajes cambiados',
  open: 'Leer {{name}} del {{date}}',
  backToCurrent: 'Volver al texto actual',
  textOf: 'Versión {{number}} de {{name}}, solo lectura',
  tools: 'Herramientas de la versión',
  banner: 'Está viendo la versión {{number}} del {{date}} · {{kind}}.',
  bannerCurrent:
    'Este es el texto actual: versión {{number}} del {{date}} · {{kind}}. Aquí solo se puede leer.',
  differences_one: '{{count}} lugar difiere del texto actual',
  differences_many: '{{count}} lugares difieren del texto actual',
  differences_other: '{{count}} lugares difieren del texto actual',
  differenceOf: '{{current}} de {{count}}',
  noDifferences: 'Sus palabras son las del texto actual',
  nextDifference: 'Siguiente diferencia',
  previousDifference: 'Diferencia anterior',
  now: 'El texto actual dice «{{text}}»',
  nowNothing: 'No está en el texto actual',
  nowMore: 'Aquí el texto actual dice además «{{text}}»',
  find: 'Buscar en esta versión',
  export: 'Exportar esta versión',
  exported: 'Versión {{number}} del {{date}} · {{kind}}',
  use: 'Hacer de esta el texto actual',
  used: 'La versión {{number}} es ahora el texto actual. Deshacer devuelve lo que había.',
  usedSame: 'El texto actual ya dice lo mismo.',
};
