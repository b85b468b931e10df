/** Dónde está la caja fuerte: moverla, usar otra, una que falta, y restaurar una copia al lado. */
export const vaultPlace = {
  moveAction: 'Mover…',
  moveTitle: 'Mover la caja fuerte',
  moveText:
    'A otra carpeta, también en otro disco. Todo se copia y se vuelve a leer; solo entonces se quita la carpeta anterior. Si algo lo interrumpe, la caja fuerte queda entera en una de las dos.',
  moveSynced:
    'Las carpetas que se sincronizan, como con OneDrive, Dropbox o iCloud, y las de una red se rechazan: allí la caja fuerte saldría de este equipo.',
  chooseFolder: 'Elegir una carpeta…',
  chooseAnother: 'Elegir otra…',
  from: 'De',
  to: 'A',
  toCopy: 'Por copiar',
  room: 'Libre allí',
  files_one: '{{count}} archivo, {{size}}',
  files_many: '{{count}} archivos, {{size}}',
  files_other: '{{count}} archivos, {{size}}',
  moveLocks:
    'Mientras tanto la caja fuerte se bloquea y las transcripciones se pausan. Siguen donde estaban cuando la haya desbloqueado de nuevo.',
  moveNow: 'Bloquear y mover',
  movingTitle: 'La caja fuerte se está moviendo',
  movingCopying: 'Copiando, y volviendo a leer cada copia…',
  movingSafe:
    'Hasta que todo esté copiado la caja fuerte está en el lugar anterior. Deje los discos conectados.',
  movedTo: 'La caja fuerte está ahora en {{to}}. La carpeta anterior se ha quitado.',
  moveStopped: 'El traslado se ha interrumpido. La caja fuerte está donde estaba: {{from}}.',
  moveFailed: 'No se ha podido mover la caja fuerte; está donde estaba: {{from}}.',
  missingTitle: 'La caja fuerte no está',
  missingWhere: 'La última vez estaba en {{folder}}.',
  missingTodo:
    'Si eso está en un disco o una memoria, conéctelo y mire de nuevo. Si ha movido la carpeta, elija dónde está ahora.',
  stillMissing: 'Sigue sin estar.',
  lookAgain: 'Mirar de nuevo',
  chooseVault: 'Elegir la carpeta de la caja fuerte…',
  withoutTitle: '¿El disco se ha perdido o roto?',
  withoutText:
    'Puede seguir sin esta caja fuerte: entonces VoiceSync ofrece restaurar una copia o crear una caja fuerte nueva. No se toca nada en {{folder}}, y puede volver a ella en los ajustes.',
  goWithout: 'Seguir sin ella',
  otherTitle: 'Otra caja fuerte',
  otherText: 'Usar una caja fuerte que está en otra carpeta. Esta se bloquea y se queda como está.',
  otherAction: 'Usar otra caja fuerte…',
  restoreTitle: 'Restaurar una copia de seguridad',
  restoreHint: 'Al lado de esta caja fuerte, que se queda como está.',
  restoreAction: 'Restaurar…',
  restoreText:
    'La copia se pone en una carpeta nueva al lado de su caja fuerte. Elija la carpeta de la copia misma: su nombre suele empezar por «Copia de VoiceSync».',
  restoreKeeps:
    'En su caja fuerte actual no cambia nada: se queda en {{folder}}. Después elige cuál de las dos usa.',
  chooseBackup: 'Elegir una copia y restaurar',
  restoreChoosing: 'Elija la copia…',
  restoreStopped: 'Detenido. Lo copiado se ha borrado.',
  restored: 'La copia está restaurada y se ha vuelto a leer.',
  restoredNext:
    'Se abre con la contraseña de su día. Si la abre ahora, su caja fuerte actual se bloquea y se queda en {{folder}}; «Usar otra caja fuerte…» le devuelve a ella.',
  stay: 'Quedarse en esta caja fuerte',
  useRestored: 'Bloquear y abrir la restaurada',
};
