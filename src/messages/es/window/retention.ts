import type { retention as english } from '../../en/window/retention.ts';
import type { Translation } from '../../translation.ts';

/** Cuánto tiempo conservan los expedientes sus grabaciones, y los certificados de borrado. */
export const retention: Translation<typeof english> = {
  title: 'Cuánto se conservan las grabaciones',
  noEnd: 'sin plazo',
  forDays_one: '{{count}} día',
  forDays_many: '{{count}} días',
  forDays_other: '{{count}} días',
  held: 'retenido',
  text: 'Pasados estos días, las grabaciones de este expediente se borran definitivamente con sus transcripciones. No van a la papelera. Los días se cuentan desde el día en que una grabación se importó o se grabó aquí.',
  days: 'Días',
  daysHint: 'Déjelo vacío para conservarlas sin plazo.',
  automatic: 'Borrar sin preguntar después de la primera vez',
  apply: 'Aplicar',
  applied: 'Guardado.',
  invalid: 'Escriba un número de días de 1 a {{most}} o déjelo vacío.',
  hold: 'Retener',
  release: 'Quitar la retención',
  holdText:
    'La retención impide todo borrado en este expediente: por plazo, desde la papelera y a mano. Úsela mientras un pleito o una investigación necesite las grabaciones.',
  heldSince: 'Retenido desde el {{day}}. Nada de este expediente se borra hasta que se quite la retención.',
  listTitle_one: 'Se borrará {{count}} grabación',
  listTitle_many: 'Se borrarán {{count}} grabaciones',
  listTitle_other: 'Se borrarán {{count}} grabaciones',
  goes: 'el {{day}}',
  goesNow: 'ahora',
  more_one: 'y {{count}} más',
  more_many: 'y {{count}} más',
  more_other: 'y {{count}} más',
  noticeNow_one: 'El plazo de {{count}} grabación ha terminado.',
  noticeNow_many: 'El plazo de {{count}} grabaciones ha terminado.',
  noticeNow_other: 'El plazo de {{count}} grabaciones ha terminado.',
  noticeSoon_one:
    'El {{day}} se borrará {{count}} grabación, porque su expediente ya no la conserva más tiempo.',
  noticeSoon_many:
    'Se borrarán {{count}} grabaciones, la primera el {{day}}, porque su expediente ya no las conserva más tiempo.',
  noticeSoon_other:
    'Se borrarán {{count}} grabaciones, la primera el {{day}}, porque su expediente ya no las conserva más tiempo.',
  show: 'Mostrar…',
  dueTitle: 'Grabaciones cuyo plazo ha terminado',
  soonTitle: 'Grabaciones que se borrarán pronto',
  dueText:
    'Sus expedientes ya no las conservan más tiempo. Se borran definitivamente con sus transcripciones; nadie podrá recuperarlas. Los originales de otros lugares y los documentos exportados se quedan. En la caja fuerte queda un certificado.',
  dueAutomatic: 'Donde un expediente lo diga así, VoiceSync no volverá a preguntar.',
  soonText:
    'Si alguna todavía hace falta, retenga su expediente o dele más días, en el formulario del expediente.',
  over: 'terminó el {{day}}',
  imported: 'importada el {{day}}',
  until: 'hasta el {{day}}',
  soonList: 'Pronto',
  type: 'Escriba el número de grabaciones cuyo plazo ha terminado: {{number}}',
  withNames: 'Nombrar las grabaciones en el certificado',
  erase: 'Borrar definitivamente',
  later: 'Ahora no',
  erasedTitle: 'Borrado',
  erasedByItself_one:
    'Se ha borrado {{count}} grabación, porque su plazo había terminado. El certificado está en los ajustes.',
  erasedByItself_many:
    'Se han borrado {{count}} grabaciones, porque su plazo había terminado. Los certificados están en los ajustes.',
  erasedByItself_other:
    'Se han borrado {{count}} grabaciones, porque su plazo había terminado. Los certificados están en los ajustes.',
  clockTitle: '¿Es correcta la fecha?',
  clockJumped:
    'Según este ordenador hoy es {{today}}. Esta caja fuerte se usó el {{latest}}, y después no durante más de 30 días: puede ser así, o la fecha está mal. Con una fecha equivocada se borrarían grabaciones antes de tiempo.',
  clockBack:
    'Según este ordenador hoy es {{today}}, pero esta caja fuerte ya se usó el {{latest}}. Una de las dos fechas está mal. Con una fecha equivocada podrían borrarse grabaciones antes de tiempo.',
  clockUntil:
    'Hasta que usted confirme la fecha, no se borra nada por haber vencido, y la papelera no se vacía sola. Si la fecha está mal, póngala bien en los ajustes del ordenador y desbloquee de nuevo la caja fuerte.',
  clockRight: 'La fecha es correcta',
  certify: 'Escribir un certificado del borrado',
  certificates: 'Certificados de borrado',
  certificatesText:
    'Un certificado dice qué grabaciones se borraron, cuándo, por qué y cómo. Se queda en la caja fuerte y se puede guardar como texto o PDF.',
  noCertificates: 'Todavía no se ha borrado nada con certificado.',
  certificate_one: '{{count}} grabación borrada',
  certificate_many: '{{count}} grabaciones borradas',
  certificate_other: '{{count}} grabaciones borradas',
  byRetention: 'porque el plazo había terminado',
  byHand: 'a mano',
  save: 'Guardar…',
  saveOf: 'Guardar el certificado del {{day}}',
  saved: 'El certificado se ha guardado.',
};
