import type { law as english } from '../en/law.ts';
import type { Translation } from '../translation.ts';

/** Nombres y etiquetas de copias seudonimizadas, sus claves y su sonido, y de certificados de borrado. */
export const law: Translation<typeof english> = {
  copyName: 'Transcripción {{id}} (seudonimizada)',
  soundName: 'Sonido {{id}} (seudonimizado)',
  keyName: 'Clave de seudónimos {{id}}',
  keyLabel: 'Etiqueta',
  keyKind: 'Tipo',
  keyMeans: 'Sustituye a',
  speakerLabel: '[Hablante {{number}}]',
  nameLeftOut: '[nombre omitido]',
  labels: {
    person: '[Persona {{number}}]',
    place: '[Lugar {{number}}]',
    date: '[Fecha {{number}}]',
    number: '[Número {{number}}]',
    other: '[Otro {{number}}]',
  },
  kinds: { person: 'Persona', place: 'Lugar', date: 'Fecha', number: 'Número', other: 'Otro' },
};
