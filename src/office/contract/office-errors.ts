import type { Locale } from '../../contract/locale.ts';
import { z } from '../../contract/schema.ts';

/**
 * Every error that the office's programs tell, with the HTTP status of the gateway's answer and a sentence in each language that
 * says what happened and what to do. None has details: nothing of a recording, and nothing of another tenant, can be in one.
 */
const catalogue = {
  'envelope.notOne': {
    status: 422,
    en: 'This is not a sealed file of the office. Send the recording with the office’s client.',
    es: 'No es un archivo sellado de la oficina. Envíe la grabación con el cliente de la oficina.',
  },
  'envelope.newer': {
    status: 422,
    en: 'This file was sealed by a newer version. Update this program.',
    es: 'Este archivo lo selló una versión más nueva. Actualice este programa.',
  },
  'envelope.otherObject': {
    status: 422,
    en: 'The store gave another file than the one that was asked for. Tell whoever looks after the store.',
    es: 'El almacén entregó otro archivo que el pedido. Avise a quien lo administra.',
  },
  'envelope.notForThisKey': {
    status: 422,
    en: 'This file was sealed for another key. Check which key this program was given.',
    es: 'Este archivo se selló para otra clave. Compruebe qué clave recibió este programa.',
  },
  'envelope.damaged': {
    status: 422,
    en: 'The sealed file is damaged or was cut off. Send the recording again.',
    es: 'El archivo sellado está dañado o incompleto. Envíe la grabación de nuevo.',
  },

  'store.unavailable': {
    status: 503,
    en: 'The store cannot be reached. Try again in a few minutes.',
    es: 'No se puede acceder al almacén. Inténtelo de nuevo en unos minutos.',
  },
  'gateway.unavailable': {
    status: 503,
    en: 'The office cannot be reached. Try again in a few minutes.',
    es: 'No se puede acceder a la oficina. Inténtelo de nuevo en unos minutos.',
  },
  'store.refused': {
    status: 502,
    en: 'The store refused the office. Check the office’s key and bucket.',
    es: 'El almacén rechazó a la oficina. Compruebe la clave y el contenedor de la oficina.',
  },
  'store.unfit': {
    status: 502,
    en: 'This store does not check what it is given. Use one that compares SHA-256 checksums and signatures and lists the parts of an upload.',
    es: 'Este almacén no comprueba lo que recibe. Use uno que compare sumas SHA-256 y firmas y que enumere las partes de un envío.',
  },
  'object.gone': {
    status: 404,
    en: 'This file is not in the store.',
    es: 'Este archivo no está en el almacén.',
  },
  'windows.missing': {
    status: 502,
    en: 'Parts of the transcript of this long recording are missing. Try the job again: it is then divided anew.',
    es: 'Faltan partes de la transcripción de esta grabación larga. Reintente el trabajo: se dividirá de nuevo.',
  },
  'worker.otherModel': {
    status: 409,
    en: 'This long recording was divided for another speech model than the one that the workers have now. Try the job again: it is then divided anew.',
    es: 'Esta grabación larga se dividió para otro modelo de voz que el que los procesos tienen ahora. Reintente el trabajo: se dividirá de nuevo.',
  },
  'upload.gone': {
    status: 410,
    en: 'This upload was given up or has ended. Send the recording again.',
    es: 'Este envío se abandonó o ya terminó. Envíe la grabación de nuevo.',
  },
  'upload.notFound': {
    status: 404,
    en: 'There is no such upload. Send the recording again.',
    es: 'No existe ese envío. Envíe la grabación de nuevo.',
  },
  'upload.idTaken': {
    status: 409,
    en: 'This id belongs to another upload. Seal the recording again, under a new one.',
    es: 'Este identificador pertenece a otro envío. Selle la grabación de nuevo con otro.',
  },
  'upload.incomplete': {
    status: 409,
    en: 'Parts of the recording are not in the store yet. Send what is missing.',
    es: 'Faltan partes de la grabación en el almacén. Envíe lo que falta.',
  },
  'job.notFound': {
    status: 404,
    en: 'There is no such recording.',
    es: 'No existe esa grabación.',
  },
  'job.wrongState': {
    status: 409,
    en: 'This cannot be done with the recording as it is now. Look at its state.',
    es: 'Esto no se puede hacer con la grabación en su estado actual. Compruebe su estado.',
  },
  'result.notYet': {
    status: 409,
    en: 'The recording is not finished yet. Ask again later.',
    es: 'La grabación aún no está terminada. Pregunte más tarde.',
  },
  'scaling.notYet': {
    status: 503,
    en: 'The gateway has just started and does not know the workers yet. Ask again in a minute.',
    es: 'La pasarela acaba de arrancar y aún no conoce a los procesos de transcripción. Pregunte de nuevo en un minuto.',
  },
  'keys.changed': {
    status: 409,
    en: 'The office’s keys are not the ones that this program knows. Nothing was sent. Ask whoever looks after the office for its fingerprint, and compare it.',
    es: 'Las claves de la oficina no son las que este programa conoce. No se envió nada. Pida la huella de la oficina a quien la administra y compárela.',
  },
  'subscription.notFound': {
    status: 404,
    en: 'There is no such subscription.',
    es: 'No existe esa suscripción.',
  },
  'subscription.exists': {
    status: 409,
    en: 'This address is told already. Delete its subscription first to change it.',
    es: 'Esta dirección ya recibe avisos. Para cambiarlo, elimine antes su suscripción.',
  },
  'subscription.tooMany': {
    status: 409,
    en: 'No more subscriptions can be added. Delete one that is not needed.',
    es: 'No se pueden añadir más suscripciones. Elimine una que no haga falta.',
  },
  'mail.unset': {
    status: 409,
    en: 'This office sends no e-mail. Ask whoever looks after it to name a mail server.',
    es: 'Esta oficina no envía correo. Pida a quien la administra que indique un servidor de correo.',
  },
  'target.forbidden': {
    status: 422,
    en: 'The office does not send to this address. Use https, or ask whoever looks after the office to allow it.',
    es: 'La oficina no envía a esta dirección. Use https o pida a quien la administra que la permita.',
  },
  'target.unreachable': {
    status: 502,
    en: 'The receiver cannot be reached. Check its address and whether it is running.',
    es: 'No se puede acceder al destinatario. Compruebe su dirección y si está en marcha.',
  },
  'target.slow': {
    status: 504,
    en: 'The receiver did not answer in time. It must answer within seconds.',
    es: 'El destinatario no respondió a tiempo. Debe responder en unos segundos.',
  },
  'target.refused': {
    status: 502,
    en: 'The receiver did not take the message. Look at its log.',
    es: 'El destinatario no aceptó el mensaje. Mire su registro.',
  },
  'target.gone': {
    status: 410,
    en: 'The receiver wants no more messages, or there is no such address. Delete the subscription, or have it sent again.',
    es: 'El destinatario ya no quiere mensajes o la dirección no existe. Elimine la suscripción o pida que se envíe de nuevo.',
  },
  'events.tooMany': {
    status: 429,
    en: 'Too many programs listen with this access token. Close some of them.',
    es: 'Hay demasiados programas escuchando con este código de acceso. Cierre algunos.',
  },
  'result.otherRecording': {
    status: 422,
    en: 'This text belongs to another recording: the file was changed since it was sent. Send it again.',
    es: 'Este texto es de otra grabación: el archivo cambió desde que se envió. Envíelo de nuevo.',
  },
  'client.busy': {
    status: 409,
    en: 'The office’s client is running already on this computer. Wait until it has ended, or end it.',
    es: 'El cliente de la oficina ya está en marcha en este equipo. Espere a que termine o termínelo.',
  },
  'token.refused': {
    status: 401,
    en: 'The access token is wrong or has expired. Ask whoever looks after the office for a new one.',
    es: 'El código de acceso es incorrecto o ha caducado. Pida uno nuevo a quien administra la oficina.',
  },
  'token.scopeMissing': {
    status: 403,
    en: 'The access token does not allow this. Ask whoever looks after the office for one that does.',
    es: 'El código de acceso no permite esto. Pida otro a quien administra la oficina.',
  },
  'token.notFound': {
    status: 404,
    en: 'There is no such access token.',
    es: 'No existe ese código de acceso.',
  },
  'user.noTenant': {
    status: 403,
    en: 'Your account belongs to no part of the organisation that uses the office. Ask whoever looks after your accounts.',
    es: 'Su cuenta no pertenece a ninguna parte de la casa que use la oficina. Pregunte a quien administra las cuentas.',
  },
  'signIn.unavailable': {
    status: 503,
    en: 'Signing in does not work now: the service for it cannot be reached. Try again in a few minutes.',
    es: 'Ahora no se puede iniciar sesión: el servicio correspondiente no responde. Inténtelo de nuevo en unos minutos.',
  },
  'quota.openJobs': {
    status: 429,
    en: 'So many of your recordings are waiting that no more are taken. Send the next ones when some are finished.',
    es: 'Hay tantas grabaciones suyas en espera que no se aceptan más. Envíe las siguientes cuando terminen algunas.',
  },
  'quota.bytesToday': {
    status: 429,
    en: 'As much as your part of the organisation may send in a day has been sent today. Send the rest tomorrow, or ask whoever looks after the office for more.',
    es: 'Hoy ya se ha enviado todo lo que su parte de la casa puede enviar en un día. Envíe el resto mañana o pida más a quien administra la oficina.',
  },
  'quota.storedBytes': {
    status: 403,
    en: 'The space of your part of the organisation is full. Ask whoever looks after the office for more.',
    es: 'El espacio de su parte de la casa está lleno. Pida más a quien administra la oficina.',
  },
  'request.tooMany': {
    status: 429,
    en: 'Too many requests in a short time. Wait a minute and try again.',
    es: 'Demasiadas peticiones en poco tiempo. Espere un minuto e inténtelo de nuevo.',
  },
  'request.invalid': {
    status: 400,
    en: 'The request is not one that the office knows. Check it against /v1/openapi.json.',
    es: 'La oficina no conoce esta petición. Compruébela con /v1/openapi.json.',
  },
  'request.unknown': {
    status: 404,
    en: 'There is nothing at this address.',
    es: 'No hay nada en esta dirección.',
  },
  'internal.unexpected': {
    status: 500,
    en: 'Something went wrong in the office. Try again; if it happens again, tell whoever looks after it.',
    es: 'Algo falló en la oficina. Inténtelo de nuevo; si se repite, avise a quien la administra.',
  },
} as const satisfies Record<string, { status: number } & Record<Locale, string>>;

/** The code of an error of the office. */
export type OfficeErrorCode = keyof typeof catalogue;

/** All codes, for schemas and tests. */
export const OFFICE_ERROR_CODES = Object.keys(catalogue) as OfficeErrorCode[];

/** An error of the office; its message is the code alone. */
export class OfficeError<C extends OfficeErrorCode = OfficeErrorCode> extends Error {
  readonly code: C;
  /** After how many seconds it is worth asking again; null where nobody knows. */
  readonly retryAfterS: number | null;

  constructor(
    code: C,
    { retryAfterS = null, ...options }: ErrorOptions & { retryAfterS?: number | null } = {},
  ) {
    super(code, options);
    this.name = 'OfficeError';
    this.code = code;
    this.retryAfterS = retryAfterS;
  }
}

/** Whether `error` is an error of the office, of one of these codes if any are passed. */
export function isOfficeError(error: unknown, ...codes: OfficeErrorCode[]): error is OfficeError {
  return error instanceof OfficeError && (codes.length === 0 || codes.includes(error.code));
}

/** The sentence of an error. */
export function officeSentence(code: OfficeErrorCode, locale: Locale): string {
  return catalogue[code][locale];
}

/** The HTTP status of an answer with this error. */
export function statusOf(code: OfficeErrorCode): number {
  return catalogue[code].status;
}

/** What the gateway answers instead of what was asked for. */
export const OfficeFailure = z.object({
  code: z.enum(OFFICE_ERROR_CODES),
  /** For people, in the language that the request prefers. */
  sentence: z.string(),
});
export type OfficeFailure = z.infer<typeof OfficeFailure>;
