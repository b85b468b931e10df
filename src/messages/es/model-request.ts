import type { modelRequest as english } from '../en/model-request.ts';
import type { Translation } from '../translation.ts';

/** La solicitud al departamento de informática de un modelo de voz, como texto simple. */
export const modelRequest: Translation<typeof english> = {
  subject: 'Solicitud: un modelo de voz para VoiceSync',
  greeting: 'Estimados compañeros:',
  what: 'VoiceSync convierte grabaciones en texto únicamente en este equipo. Nunca abre una conexión, así que no puede obtener este archivo por sí mismo. Por favor, descárguenlo en un equipo con acceso a internet y entréguenmelo en una memoria USB.',
  name: 'Archivo: {{file}}',
  size: 'Tamaño: {{size}} ({{bytes}} bytes)',
  sha256: 'SHA-256: {{sha256}}',
  address: 'Publicado por el proyecto whisper.cpp en: {{address}}',
  licence: 'Licencia: MIT. El archivo solo contiene números y no es un programa.',
  check:
    'Por favor, comparen el SHA-256 después de la descarga. En Windows: certutil -hashfile {{file}} SHA256. En macOS: shasum -a 256 {{file}}. En Linux: sha256sum {{file}}. VoiceSync lo compara de nuevo al añadir el archivo y rechaza uno distinto.',
  where:
    'Se guarda en la carpeta de VoiceSync de mi cuenta de usuario. Para añadirlo no hacen falta permisos de administrador.',
  machine:
    'Este equipo: {{threads}} hilos de procesador, {{memory}} de memoria; el modelo necesita unos {{need}} mientras trabaja.',
  thanks: 'Gracias.',
};
