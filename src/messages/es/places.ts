/** Qué está guardado dónde: los lugares, qué hay en ellos y qué significa borrar allí. */
export const places = {
  title: 'Lugares y tamaños',
  intro:
    'Todo lo que VoiceSync guarda en este equipo, y dónde. Las exportaciones, los informes guardados, los certificados y las claves de recuperación están donde usted los puso, y los originales de sus grabaciones donde estaban: son archivos suyos que se pueden leer.',
  list: 'Lugares',
  show: 'Mostrar en la carpeta',
  showNamed: 'Mostrar en la carpeta: {{name}}',
  encrypted: 'Cifrado',
  readable: 'Sin cifrar',
  measuring: 'Midiendo…',
  again: 'Medir de nuevo',
  content_one: '{{count, number}} archivo, {{size}}',
  content_many: '{{count, number}} archivos, {{size}}',
  content_other: '{{count, number}} archivos, {{size}}',
  empty: 'No hay nada.',
  free: '{{size}} libres en este disco',
  erasing: 'Qué significa borrar aquí',
  parts: 'Qué hay en la caja fuerte',
  soundPart: 'Grabaciones: originales y sonido, sellados uno a uno',
  databasePart: 'Base de datos: textos, nombres, expedientes, correcciones, el registro',
  incomingPart: 'Archivos sellados que se están escribiendo',
  keysPart: 'Ranuras de claves, el final del registro, el bloqueo',
  vaultName: 'Caja fuerte',
  formerName: 'Otra caja fuerte',
  modelsName: 'Modelos de voz',
  settingsName: 'Ajustes de la ventana',
  browserName: 'Archivos propios de la ventana',
  keychainName: 'Secreto para el llavero del sistema',
  logsName: 'Registro de diagnóstico',
  ephemeralName: 'Cajas fuertes para una sola orden',
  rescuedName: 'Textos rescatados',
  temporaryName: 'Archivos temporales',
  programName: 'Lo que vino con el programa',
  watchedName: 'Carpeta vigilada',
  vaultWhat: 'Todo sobre sus grabaciones y las personas que hay en ellas.',
  formerWhat:
    'VoiceSync la usaba antes: usted eligió otra después, o se siguió usando aquí tras copiarla a su nuevo lugar. Puede contener lo que su caja fuerte no tiene. Para ver qué hay en ella: Ajustes, Caja fuerte, «Usar otra caja fuerte…». Cuando no necesite nada de ella, borre la carpeta.',
  modelsWhat: 'Los modelos que usted añadió y lo rápido que trabaja cada uno aquí. Nada de sus grabaciones.',
  settingsWhat:
    'El aspecto y el comportamiento de la ventana, su lugar en la pantalla, teclas y pedales. Nada sobre personas.',
  browserWhat:
    'Lo que Chromium guarda para la ventana: sus propias preferencias y cachés. Ningún texto ni sonido suyo.',
  keychainWhat:
    'Solo donde el llavero del sistema puede abrir la caja fuerte: un secreto que el llavero ha cifrado y que solo puede leer la sesión de este usuario.',
  logsWhat: 'Códigos, números y horas para los informes de problemas. Sin nombres ni texto.',
  ephemeralWhat:
    'La línea de órdenes sin caja fuerte trabaja en una cuya clave está solo en la memoria. Al acabar se borra.',
  rescuedWhat:
    'Transcripciones de la línea de órdenes que no se pudieron escribir donde debían. Se pueden leer.',
  temporaryWhat:
    'En la carpeta del sistema, carpetas cuyos nombres empiezan por «voicesync-», por momentos: mientras corre una orden y en la autocomprobación. Nunca una grabación ni un texto.',
  programWhat: 'El modelo incluido, los pesos que encuentran el habla, muestras y licencias.',
  watchedWhat:
    'Una carpeta suya. VoiceSync toma grabaciones de ella y las mueve a «taken» si usted quiere. Se cuenta lo que hay en ella y en «taken».',
  vaultErase:
    'Borrar una grabación borra sus archivos, sus textos y la clave de cada archivo. Lo que un disco conserve de los archivos ya no se puede leer. Borrar toda la carpeta lo borra todo, sin vuelta atrás salvo que haya una copia de seguridad.',
  formerErase:
    'VoiceSync no borra nada en ella. Borrar la carpeta borra todo lo que contiene, sin vuelta atrás salvo que haya una copia de seguridad.',
  modelsErase: 'Quitar un modelo borra su archivo; se puede añadir de nuevo.',
  settingsErase: 'Borrar el archivo devuelve los ajustes a los del primer inicio. La caja fuerte no se toca.',
  browserErase: 'No se pierde nada: se crea de nuevo en el siguiente inicio.',
  keychainErase:
    'Borrarlo, o desactivar el llavero en los ajustes, deja la contraseña y la clave de recuperación para abrir la caja fuerte.',
  logsErase: 'Al desactivarlo en «Si algo va mal», el registro se borra. Las entradas antiguas se van solas.',
  ephemeralErase:
    'Se borran al final de cada orden. Lo que deje un corte de luz no lo puede leer nadie, y la orden siguiente lo borra.',
  rescuedErase:
    'Se quedan hasta que usted los borre, como cualquier archivo: un disco puede conservar restos. Llévese lo que necesite y borre lo demás.',
  temporaryErase: 'Se borran al final. Lo que deje un corte de luz no contiene nada suyo y se puede borrar.',
  programErase: 'Se va al desinstalar VoiceSync. La caja fuerte, los modelos y los ajustes se quedan.',
  watchedErase:
    'VoiceSync no borra nada en ella. Las grabaciones siguen legibles allí hasta que usted las borre.',
};
