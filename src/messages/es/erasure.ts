import type { erasure as english } from '../en/erasure.ts';
import type { Translation } from '../translation.ts';

/** El certificado de borrado. */
export const erasure: Translation<typeof english> = {
  title: 'Certificado de borrado',
  id: 'Certificado: {{id}}',
  written: 'Escrito: {{time}}',
  program: 'Programa: VoiceSync {{version}}',
  why: 'Por qué',
  byHand: 'Una persona lo pidió y lo confirmó escribiendo el número de grabaciones.',
  byRetention_one:
    'El expediente conserva sus grabaciones {{count}} día desde que se importaron. Ese plazo había terminado.',
  byRetention_many:
    'El expediente conserva sus grabaciones {{count}} días desde que se importaron. Ese plazo había terminado.',
  byRetention_other:
    'El expediente conserva sus grabaciones {{count}} días desde que se importaron. Ese plazo había terminado.',
  matter: 'Expediente: {{id}}',
  what_one: 'Qué se borró: {{count}} grabación, con sus transcripciones',
  what_many: 'Qué se borró: {{count}} grabaciones, con sus transcripciones',
  what_other: 'Qué se borró: {{count}} grabaciones, con sus transcripciones',
  name: 'Nombre: {{name}}',
  imported: 'Importada: {{time}}',
  length: 'Duración: {{length}}',
  how: 'Cómo',
  howText:
    'Se eliminaron de la base de datos cifrada las filas, las claves envueltas y las palabras del índice de búsqueda, se vació su registro de escritura anticipada y se eliminaron los archivos cifrados. Sin su clave, lo que un archivo así deja en un disco es ilegible.',
  howFlash:
    'Las memorias flash guardan copias antiguas de bloques fuera del alcance de cualquier programa: allí puede sobrevivir una copia antigua de una página de la base de datos, que solo se lee con la clave de la propia caja fuerte.',
  howRest:
    'No se borran con esto: los archivos originales de otros lugares, los documentos exportados, las copias de seguridad anteriores ni las voces que el expediente recuerda.',
  log: 'Registro de auditoría de la caja fuerte',
  logEntry: 'Última entrada tras el borrado: {{number}}',
  logText:
    'El registro tiene una entrada por cada una de estas grabaciones y, después, otra con el SHA-256 de este texto.',
  noLog: 'Esta caja fuerte se elimina cuando el programa termina y no lleva registro.',
};
