import type { keeping as english } from '../../en/window/keeping.ts';
import type { Translation } from '../../translation.ts';

/** Copias de la caja fuerte, su comprobación, su restauración y la renovación de la clave de recuperación. */
export const keeping: Translation<typeof english> = {
  backupTitle: 'Copia de seguridad',
  backupLast: 'Última copia: {{date}}.',
  backupNever: 'Aún no hay ninguna copia. Si este disco falla, se pierde todo lo que hay en la caja fuerte.',
  backupAction: 'Hacer una copia…',
  backupText:
    'Una copia de todo, cifrada igualmente, en una carpeta nueva. Elija un lugar en otro disco o en una memoria USB; también puede ser una carpeta sincronizada.',
  backupOpens: 'Se abre con la contraseña y la clave de recuperación de hoy, aunque las cambie después.',
  backupChoose: 'Elegir lugar y copiar',
  backupChoosing: 'Elija el lugar…',
  backupCopying: 'Copiando y volviendo a leer cada copia…',
  backupDone: 'La copia está hecha y se ha vuelto a leer.',
  backupWhere: 'Está en {{folder}}.',
  backupSafe: 'Guárdela en otro lugar que este equipo.',
  objects_one: 'Contiene {{count}} archivo sellado.',
  objects_many: 'Contiene {{count}} archivos sellados.',
  objects_other: 'Contiene {{count}} archivos sellados.',
  backupStopped: 'Detenida. Lo copiado se ha borrado: esto no es una copia de seguridad.',
  checkTitle: 'Comprobar la caja fuerte',
  checkHint: 'Lee todo lo que hay en la caja fuerte y dice si está tal como se guardó.',
  checkAction: 'Comprobar…',
  checkText:
    'Cada grabación se lee hasta el final, y se comprueban los textos, la base de datos y el registro. No se cambia nada. Con muchas grabaciones tarda un rato.',
  checkBegin: 'Comprobar ahora',
  checking: 'Leyendo…',
  progress_one: '{{done}} de {{count}} archivo',
  progress_many: '{{done}} de {{count}} archivos',
  progress_other: '{{done}} de {{count}} archivos',
  checkSound: 'Todo está tal como se guardó.',
  checkRead_one: 'Se ha leído {{count}} archivo sellado.',
  checkRead_many: 'Se han leído {{count}} archivos sellados.',
  checkRead_other: 'Se han leído {{count}} archivos sellados.',
  checkStopped: 'Detenida antes del final: esto no dice nada de la caja fuerte.',
  checkFaults: 'No todo está tal como se guardó.',
  checkTodo:
    'No borre nada y conserve sus copias anteriores: lo que aquí está dañado puede estar entero en una de ellas. Si aún tiene el original de una grabación, añádalo de nuevo. Muestre esta lista a su servicio técnico.',
  faultSoundDamaged_one: 'El sonido de «{{name}}» está dañado en {{count}} lugar.',
  faultSoundDamaged_many: 'El sonido de «{{name}}» está dañado en {{count}} lugares.',
  faultSoundDamaged_other: 'El sonido de «{{name}}» está dañado en {{count}} lugares.',
  faultSoundMissing_one: 'Falta {{count}} parte del sonido de «{{name}}».',
  faultSoundMissing_many: 'Faltan {{count}} partes del sonido de «{{name}}».',
  faultSoundMissing_other: 'Faltan {{count}} partes del sonido de «{{name}}».',
  faultText_one: 'Un texto de «{{name}}» no está como se registró.',
  faultText_many: '{{count}} textos de «{{name}}» no están como se registraron.',
  faultText_other: '{{count}} textos de «{{name}}» no están como se registraron.',
  faultDatabase_one: 'La base de datos está dañada en {{count}} lugar.',
  faultDatabase_many: 'La base de datos está dañada en {{count}} lugares.',
  faultDatabase_other: 'La base de datos está dañada en {{count}} lugares.',
  faultLog_one: 'El registro de lo hecho no encaja en {{count}} lugar.',
  faultLog_many: 'El registro de lo hecho no encaja en {{count}} lugares.',
  faultLog_other: 'El registro de lo hecho no encaja en {{count}} lugares.',
  unknownRecording: 'una grabación que ya no figura en la lista',
  stop: 'Detener',
  keyTitle: 'Nueva clave de recuperación',
  keyAction: 'Nueva clave de recuperación',
  keyText:
    'Para una clave perdida o que alguien pueda haber visto. La contraseña no cambia. La clave anterior abre la caja fuerte hasta que haya escrito dos grupos de la nueva.',
  keyMake: 'Crear una clave nueva',
  keyHoldsLater:
    'Vale en cuanto haya escrito dos de sus grupos; hasta entonces la clave anterior abre la caja fuerte.',
  keyGivenUp:
    'No se ha cambiado nada: la clave de recuperación anterior sigue abriendo la caja fuerte. Tire la nueva.',
  keyWritten: 'La tengo en un lugar seguro',
  keyConfirm: 'Usar la clave nueva',
  keyRenewed:
    'La nueva clave de recuperación ya vale. Destruya la anterior: ya no abre esta caja fuerte, solo copias más antiguas.',
  restoreTitle: '¿Tiene una copia de seguridad?',
  restoreText:
    'Elija la carpeta de la copia misma: su nombre suele empezar por «Copia de VoiceSync». Se copia a {{folder}} y se abre con la contraseña que valía cuando se hizo.',
  restoreAction: 'Restaurar una copia…',
  restoring: 'Copiando la copia de seguridad…',
  restoreOverTitle: '¿Usar una copia en su lugar?',
  restoreOver:
    'Una copia nunca reemplaza una caja fuerte. Salga de VoiceSync, dé otro nombre a la carpeta {{folder}} e inicie VoiceSync de nuevo: entonces ofrece restaurar una copia. Conserve la carpeta renombrada hasta estar seguro.',
};
