import type { speaking as english } from '../../en/window/speaking.ts';
import type { Translation } from '../../translation.ts';

/** Quién habla: cuántas personas, preguntado antes de transcribir; carriles sobre la onda; partes del tiempo de habla. */
export const speaking: Translation<typeof english> = {
  howMany: '¿Cuántas personas hablan?',
  howManyIn: '¿Cuántas personas hablan en «{{name}}»?',
  mode_auto: 'Automático',
  mode_exactly: 'Exactamente',
  mode_atMost: 'Como máximo',
  mode_channels: 'Una en cada canal',
  mode_none: 'Sin distinguir',
  asUsual: 'Como siempre: {{how}}',
  people: 'Número de personas',
  peopleCount_one: '{{count}} persona',
  peopleCount_many: '{{count}} personas',
  peopleCount_other: '{{count}} personas',
  atMostCount_one: 'Como máximo {{count}} persona',
  atMostCount_many: 'Como máximo {{count}} personas',
  atMostCount_other: 'Como máximo {{count}} personas',
  anotherNumber: 'Otro número…',
  automaticSpeakers: 'Hablantes: automático',
  told_channels: 'Una en cada canal',
  told_none: 'Sin distinguir',
  hint_auto:
    'VoiceSync cuenta las voces. En una llamada en la que cada parte tiene su canal, cada canal es un hablante.',
  hint_exactly:
    'Elíjalo si sabe a cuántas personas se oye. En una llamada en la que cada parte tiene su canal, el número no cuenta: cada canal es un hablante.',
  hint_atMost:
    'VoiceSync cuenta las voces, pero no encuentra más personas que estas. En una llamada en la que cada parte tiene su canal, cada canal es un hablante.',
  hint_channels:
    'Solo para grabaciones en las que cada hablante tiene su propio canal, como en muchas llamadas grabadas.',
  hint_none: 'El texto no dice quién habla. Aun así puede poner los nombres a mano.',
  lanes: 'Quién habla y cuándo',
  lanesKeys:
    'Izquierda y derecha pasan de un turno a otro, arriba y abajo a otro hablante, Entrar reproduce desde ahí.',
  turn: '{{speaker}}, {{from}}–{{to}}',
  nobodyKnown: 'No se sabe',
  shares: 'Tiempo de habla',
  speakersCount_one: '{{count}} hablante',
  speakersCount_many: '{{count}} hablantes',
  speakersCount_other: '{{count}} hablantes',
  reading: 'Mirando quién habla…',
  take: 'Usar esto',
  cancel: 'Cancelar',
};
