import type { report as english } from '../en/report.ts';
import type { Translation } from '../translation.ts';

/** Textos de un informe sobre un problema, además de sus datos. */
export const report: Translation<typeof english> = {
  title: 'VoiceSync: informe sobre un problema',
  contains:
    'Qué contiene: datos técnicos sobre este programa y este equipo, las huellas de los modelos de voz y un registro de lo que hizo el programa y cuándo, en códigos y números. Sí dice cuándo se usó VoiceSync, y con cuántas grabaciones de qué duración trabajó.',
  containsNot:
    'Qué no contiene: ningún nombre de personas, expedientes, archivos o carpetas, nada de lo dicho o escrito, ninguna contraseña y ninguna clave.',
  isSentNowhere: 'VoiceSync no lo envía a ninguna parte. Léalo, y entréguelo solo a quien usted elija.',
  program: 'Programa',
  computer: 'Equipo',
  models: 'Modelos de voz',
  settings: 'Ajustes',
  log_one:
    'Registro: {{count}} entrada. Las horas están en UTC; «job» y «recording» son números que solo dicen qué entradas van juntas.',
  log_many:
    'Registro: {{count}} entradas. Las horas están en UTC; «job» y «recording» son números que solo dicen qué entradas van juntas.',
  log_other:
    'Registro: {{count}} entradas. Las horas están en UTC; «job» y «recording» son números que solo dicen qué entradas van juntas.',
  logIsOff: 'El registro está desactivado.',
  logIsEmpty: 'El registro está vacío.',
  earlierLeftOut_one: '(Se omite {{count}} entrada anterior.)',
  earlierLeftOut_many: '(Se omiten {{count}} entradas anteriores.)',
  earlierLeftOut_other: '(Se omiten {{count}} entradas anteriores.)',
};
