import type { citing as english } from '../../en/window/citing.ts';
import type { Translation } from '../../translation.ts';

export const citing: Translation<typeof english> = {
  menu: 'Texto',
  copyText: 'Copiar',
  copy: 'Copiar la cita',
  copied: 'Copiado con su lugar: {{place}}',
  goTo: 'Ir a página y línea…',
  title: 'Ir a página y línea',
  about: 'Según las páginas numeradas de la última exportación de este asunto, con el texto como está ahora.',
  place: 'Página:línea',
  placeHint: 'Por ejemplo, 45:12',
  notAPlace: 'Escriba la página, dos puntos y la línea: 45:12',
  go: 'Ir allí',
};
