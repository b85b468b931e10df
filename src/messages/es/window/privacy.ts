/** La sección de privacidad de los ajustes, además del propio informe. */
export const privacy = {
  title: 'Privacidad',
  hint: 'VoiceSync no abre ninguna conexión. Aquí puede ver cómo se asegura y ponerlo a prueba. El informe es para su departamento de informática; no se envía a ninguna parte.',
  test: 'Hacer la autocomprobación',
  testing: 'Intentando abrir conexiones…',
  save: 'Guardar el informe…',
  saved: 'Se ha guardado el informe de privacidad.',
} as const;
