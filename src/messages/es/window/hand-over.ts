/** Handing a matter over to another vault, and receiving one. */
export const handOver = {
  open: 'Entregar…',
  title: 'Entregar «{{name}}»',
  text: 'El expediente se escribe en un solo archivo sellado, con sus grabaciones, transcripciones, correcciones y hablantes. Otro VoiceSync puede recibirlo. También se queda aquí.',
  passphrase: 'Contraseña para el archivo',
  withVoices_one:
    'También la voz que recuerda este expediente ({{count}}). Son datos biométricos: solo si quien lo recibe puede tenerlos.',
  withVoices_many:
    'También las {{count}} voces que recuerda este expediente. Son datos biométricos: solo si quien lo recibe puede tenerlos.',
  withVoices_other:
    'También las {{count}} voces que recuerda este expediente. Son datos biométricos: solo si quien lo recibe puede tenerlos.',
  choose: 'Elegir una carpeta…',
  writing: 'El archivo se está escribiendo y comprobando…',
  stop: 'Detener',
  stopped: 'Detenido. No se ha escrito ni incorporado nada.',
  done_one: 'Entregado: {{count}} grabación, sellada y comprobada.',
  done_many: 'Entregado: {{count}} grabaciones, selladas y comprobadas.',
  done_other: 'Entregado: {{count}} grabaciones, selladas y comprobadas.',
  apart:
    'Comunique la contraseña a quien lo reciba por otra vía que el archivo. Sin ella nadie puede abrirlo.',
  openReceive: 'Recibir un expediente…',
  receiveTitle: 'Recibir un expediente',
  receiveText:
    'Alguien le ha entregado un expediente como archivo que termina en .voicesync y le ha dicho su contraseña.',
  chooseFile: 'Elegir el archivo…',
  noFile: 'Aún no se ha elegido ningún archivo.',
  others_one: 'Se recibe un expediente cada vez. Arrastre o abra después el otro archivo.',
  others_many: 'Se recibe un expediente cada vez. Arrastre o abra después los otros {{count}} archivos.',
  others_other: 'Se recibe un expediente cada vez. Arrastre o abra después los otros {{count}} archivos.',
  filePassphrase: 'Contraseña del archivo',
  receive: 'Recibir',
  receiving: 'El archivo se está comprobando e incorporando…',
  received_one: 'Recibido: «{{name}}», {{count}} grabación.',
  received_many: 'Recibido: «{{name}}», {{count}} grabaciones.',
  received_other: 'Recibido: «{{name}}», {{count}} grabaciones.',
} as const;
