import type { settings as english } from '../../en/window/settings.ts';
import type { Translation } from '../../translation.ts';

/** Los ajustes. */
export const settings: Translation<typeof english> = {
  title: 'Ajustes',
  section: 'Sección',
  groupGeneral: 'General',
  groupTranscribing: 'Transcripción',
  groupEditing: 'Edición y reproducción',
  groupVault: 'Caja fuerte y privacidad',
  groupOffice: 'Para la oficina',
  groupHelp: 'Ayuda',
  look: 'Aspecto y lectura',
  language: 'Idioma',
  theme: 'Tema',
  asSystem: 'Como el sistema',
  light: 'Claro',
  dark: 'Oscuro',
  useLight: 'Usar el tema claro',
  useDark: 'Usar el tema oscuro',
  showDoubts: 'Marcar las palabras dudosas',
  showDoubtsHint: 'Tres de cada cien palabras como mucho; primero números, dosis y nombres.',
  locking: 'Bloqueo',
  lockAfter: 'Bloquear tras',
  lockAfterHint: 'Sin teclado ni ratón. Reproducir y grabar cuentan como actividad.',
  minutes_one: '{{count}} minuto',
  minutes_many: '{{count}} minutos',
  minutes_other: '{{count}} minutos',
  never: 'Nunca',
  alwaysSeal: 'Siempre pausar y sellar',
  alwaysSealHint:
    'Al bloquear, el trabajo se detiene y las claves se borran, en lugar de seguir tras el telón.',
  vault: 'Caja fuerte',
  vaultFolder: 'Dónde está',
  changePassphrase: 'Cambiar la contraseña',
  changePassphraseText:
    'La clave de recuperación no cambia. Las copias de seguridad antiguas se abren con la contraseña anterior.',
  currentPassphrase: 'Contraseña actual',
  passphraseChanged: 'La contraseña se ha cambiado.',
  keychain: 'Desbloquear con el llavero del sistema',
  keychainHint:
    'Quien haya iniciado sesión en este equipo podrá entonces abrir la caja fuerte al arrancar la aplicación.',
  keychainUnavailable: 'Este sistema no tiene un llavero fiable, así que la contraseña siempre es necesaria.',
  keychainEnable: 'Escriba su contraseña una vez. Seguirá abriendo la caja fuerte también.',
  keychainDisable: 'Desde entonces, solo la contraseña y la clave de recuperación abren la caja fuerte.',
  keychainOn: 'Usar el llavero',
  keychainOff: 'Dejar de usarlo',
  problems: 'Si algo va mal',
  problemsHint:
    'Un informe para su soporte: datos técnicos y un registro en códigos y números, sin nombres ni texto. Usted lo lee primero; VoiceSync no envía nada.',
  showReport: 'Mostrar el informe',
  report: 'Informe sobre un problema',
  reportText:
    'Esto es todo lo que contiene. No se envía a ninguna parte: guárdelo o cópielo, y entréguelo solo a quien usted elija.',
  saveReport: 'Guardar como archivo…',
  reportSaved: 'El informe está guardado.',
  copyReport: 'Copiar',
  reportCopied: 'El informe está copiado.',
  keepLog: 'Llevar un registro',
  keepLogHint:
    'Qué hizo VoiceSync y cuándo, en códigos y números, fuera de la caja fuerte. Si se desactiva, se borra y no se lleva ninguno.',
  deleteLog: 'Borrar el registro',
  about: 'Acerca de',
  version: 'VoiceSync {{version}}',
  aboutText:
    'Sin conexión por diseño: sin red, sin actualizaciones, sin telemetría. Grabaciones y transcripciones se quedan en la caja fuerte; lo exportado va adonde usted lo ponga.',
  aboutOthers:
    'VoiceSync se apoya en el trabajo de otros, entre él Whisper de OpenAI, whisper.cpp y Flite de la Universidad Carnegie Mellon, la voz que lee en voz alta. Quién hizo qué, y todas las licencias, está en la carpeta «licences» del programa instalado.',
};
