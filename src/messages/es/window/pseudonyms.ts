import type { pseudonyms as english } from '../../en/window/pseudonyms.ts';
import type { Translation } from '../../translation.ts';

/** Seudónimos: la clave, lo que quizá haya que sustituir, la copia y su sonido. */
export const pseudonyms: Translation<typeof english> = {
  menu: 'Seudónimos…',
  title: 'Seudónimos',
  aboutMatter:
    'En una copia, unas etiquetas sustituyen nombres, lugares, fechas y números. Este texto queda como está. La clave es de «{{matter}}»: la misma persona tiene la misma etiqueta en todas sus grabaciones.',
  aboutAlone:
    'En una copia, unas etiquetas sustituyen nombres, lugares, fechas y números. Este texto queda como está. La clave es solo de esta grabación; en un expediente valdría para todas sus grabaciones.',
  loading: 'Buscando nombres, fechas y números…',
  candidates: 'Por decidir',
  candidatesHint_one:
    '{{count}} encontrado con reglas sencillas. Se les escapan nombres: lea la copia antes de entregarla.',
  candidatesHint_many:
    '{{count}} encontrados con reglas sencillas. Se les escapan nombres: lea la copia antes de entregarla.',
  candidatesHint_other:
    '{{count}} encontrados con reglas sencillas. Se les escapan nombres: lea la copia antes de entregarla.',
  noCandidates: 'No se encontró nada sin decidir.',
  times_one: '{{count}} vez',
  times_many: '{{count}} veces',
  times_other: '{{count}} veces',
  also: 'También: {{forms}}',
  kind: 'Qué es «{{text}}»',
  person: 'Persona',
  place: 'Lugar',
  date: 'Fecha',
  number: 'Número',
  other: 'Otro',
  replace: 'Sustituir',
  replaceText: 'Sustituir «{{text}}» por una etiqueta',
  sameAs: 'Qué etiqueta para «{{text}}»',
  newLabel: 'Etiqueta nueva',
  leave: 'Dejar',
  leaveText: 'Dejar «{{text}}» como está',
  byHand: 'Sustituir otra cosa',
  byHandText: 'Palabras tal como están en el texto',
  byHandHint: 'Para varias formas, sepárelas con punto y coma.',
  key: 'La clave',
  keyEmpty: 'Aún no hay etiquetas.',
  standsFor: 'A qué sustituye {{label}}',
  labelOf: 'Etiqueta para {{text}}',
  notHere: 'no está en este texto',
  remove: 'Quitar {{label}}',
  plain: 'Se dejan como están',
  plainBack: 'Decidir de nuevo sobre «{{text}}»',
  exportCopy: 'Exportar la copia…',
  exportSound: 'Exportar el sonido con pitidos…',
  exportKey: 'Exportar la clave…',
  sound: 'En lugar de las palabras',
  tone: 'Un pitido',
  silence: 'Silencio',
  soundWarning:
    'La voz misma identifica a una persona, y las palabras se encuentran por los tiempos en que la máquina las oyó: escuche el archivo antes de entregarlo.',
  soundWritten_one: '{{count}} pasaje tapado: {{path}}',
  soundWritten_many: '{{count}} pasajes tapados: {{path}}',
  soundWritten_other: '{{count}} pasajes tapados: {{path}}',
  keyWritten: 'Quien tenga este archivo puede deshacer los seudónimos: {{path}}',
  exportTitle: 'Copia seudonimizada',
  undecided_one: '{{count}} palabra de este texto está sin decidir.',
  undecided_many: '{{count}} palabras de este texto están sin decidir.',
  undecided_other: '{{count}} palabras de este texto están sin decidir.',
};
