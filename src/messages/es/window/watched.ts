import type { watched as english } from '../../en/window/watched.ts';
import type { Translation } from '../../translation.ts';

/** Carpetas vigiladas. */
export const watched: Translation<typeof english> = {
  title: 'Carpetas vigiladas',
  text: 'Las grabaciones que aparecen en estas carpetas se toman en la caja fuerte y se transcriben en cuanto están completas. Solo con la caja fuerte abierta: bloqueado, VoiceSync no toma nada.',
  there: 'Lo que ya hay en una carpeta no se toma, ni lo que hay en sus subcarpetas.',
  none: 'No se vigila ninguna carpeta.',
  list: 'Carpetas vigiladas',
  add: 'Vigilar una carpeta…',
  added: 'La carpeta se vigila desde ahora.',
  stop: 'Dejar de vigilar {{folder}}',
  stopped: 'La carpeta ya no se vigila. Sus archivos y grabaciones se quedan.',
  nothingYet: 'Se vigila. Aún no ha llegado nada.',
  watching_one: 'Se vigila. {{count}} grabación tomada.',
  watching_many: 'Se vigila. {{count}} grabaciones tomadas.',
  watching_other: 'Se vigila. {{count}} grabaciones tomadas.',
  gone: 'La carpeta no está. Se vigilará de nuevo cuando vuelva.',
  unreadable: 'La carpeta no se puede leer. Compruebe quién puede abrirla; VoiceSync lo sigue intentando.',
  moveRefused: 'Un archivo tomado no se pudo mover a «taken» y está donde estaba.',
  matter: 'En el expediente',
  noMatter: 'Ningún expediente',
  model: 'Modelo',
  language: 'Idioma de lo hablado',
  usual: 'Como siempre',
  movesTaken: 'Mover lo que se toma',
  movesTakenHint:
    'Cuando está a salvo en la caja fuerte, a la subcarpeta «taken». Si no, los archivos se quedan donde están.',
};
