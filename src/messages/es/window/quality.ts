import type { quality as english } from '../../en/window/quality.ts';
import type { Translation } from '../../translation.ts';

/** Cuánto del equipo pueden tomar las transcripciones. */
export const quality: Translation<typeof english> = {
  title: 'Rapidez y silencio',
  text: 'Cuánto de este equipo puede tomar una transcripción. Las palabras son las mismas; solo cambia el tiempo.',
  choice: 'Mientras VoiceSync transcribe',
  quiet: 'Silencioso',
  quietText: 'Los demás programas van primero y el ventilador sigue lento. Es lo que más tarda.',
  balanced: 'Equilibrado',
  balancedText: 'Deja lo suficiente para seguir trabajando.',
  fast: 'Rápido',
  fastText: 'Toma todo el procesador. Los demás programas pueden ir lentos.',
  threads_one: '1 de {{all}} hilos de procesador',
  threads_many: '{{count}} de {{all}} hilos de procesador',
  threads_other: '{{count}} de {{all}} hilos de procesador',
  lowPriority: 'prioridad baja',
  when: 'Una transcripción en marcha cambia en menos de medio minuto de su sonido. Los modelos se miden de nuevo cuando no haya otra cosa que hacer. Al grabar, el texto en vivo también se atiene a ello: con Silencioso puede llegar más tarde o de un modelo más pequeño.',
};
