import type { texts as english } from '../../en/window/existing-texts.ts';
import type { Translation } from '../../translation.ts';

/** Textos escritos fuera de la aplicación, que se alinean con una grabación. */
export const texts: Translation<typeof english> = {
  add: 'Añadir un texto existente…',
  dropTitle: 'Añadir un texto existente',
  dropHere: 'Suelte para añadir este texto a «{{name}}»',
  waiting: '«{{file}}» se añade en cuanto esto esté transcrito',
  forget: 'No añadirlo',
  unlikeRow: '«{{file}}» no corresponde: se encontró en el sonido el {{percent}} de sus palabras',
  addAnyway: 'Añadirlo de todos modos',
  added_one:
    'La versión {{number}} es «{{file}}»: se encontró en el sonido el {{percent}} de su única palabra.',
  added_many:
    'La versión {{number}} es «{{file}}»: se encontró en el sonido el {{percent}} de sus {{count}} palabras.',
  added_other:
    'La versión {{number}} es «{{file}}»: se encontró en el sonido el {{percent}} de sus {{count}} palabras.',
  stretches: 'Por comprobar: {{places}}. Las versiones anteriores siguen en la lista de versiones.',
  noStretches: 'Las versiones anteriores siguen en la lista de versiones.',
  notHeardPlaces_one: '{{count}} pasaje que no se oyó',
  notHeardPlaces_many: '{{count}} pasajes que no se oyeron',
  notHeardPlaces_other: '{{count}} pasajes que no se oyeron',
  notInTextPlaces_one: '{{count}} tramo que no está en el texto',
  notInTextPlaces_many: '{{count}} tramos que no están en el texto',
  notInTextPlaces_other: '{{count}} tramos que no están en el texto',
  waitingSaid: '«{{file}}» se añadirá en cuanto la grabación esté transcrita.',
  unlikeTitle: '¿Es este el texto de «{{name}}»?',
  unlike:
    'Solo se encontró en el sonido el {{percent}} de las palabras de «{{file}}». Probablemente es el texto de otra grabación, o está en otro idioma.',
  unlikeWhat:
    'Si lo añade, la mayoría de sus tiempos son solo aproximados. Lo que hay ahora sigue en la lista de versiones.',
  kind: 'Texto existente',
  found: '{{file}}, se oyó el {{percent}}',
  flagNotHeard: 'En el sonido no se oyó nada parecido. Escuche este lugar.',
  notInText: '[{{from}}–{{to}} aquí se dice algo que el texto no tiene]',
  unclear_one: '{{count}} tramo que no se entiende',
  unclear_many: '{{count}} tramos que no se entienden',
  unclear_other: '{{count}} tramos que no se entienden',
  nextMissing_one: '{{count}} tramo falta en el texto: escuchar el siguiente lugar',
  nextMissing_many: '{{count}} tramos faltan en el texto: escuchar el siguiente lugar',
  nextMissing_other: '{{count}} tramos faltan en el texto: escuchar el siguiente lugar',
};
