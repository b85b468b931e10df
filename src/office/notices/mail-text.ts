import type { Locale } from '../../contract/locale.ts';
import type { NoticeMail } from '../database/notices.db.ts';

/** How many recordings a mail tells of. */
type Counts = Pick<NoticeMail, 'done' | 'failed'>;

interface MailTexts {
  readonly subject: (counts: Counts) => string;
  readonly done: (count: number) => string;
  readonly failed: (count: number) => string;
  readonly look: (url: string) => string;
  readonly closing: string;
}

/** The sentences of the mails. Counts are all that they tell: no name, no word of a recording, no id. */
const TEXTS: Record<Locale, MailTexts> = {
  en: {
    subject: ({ done, failed }) => {
      const parts = [done > 0 && `${recordings(done)} done`, failed > 0 && `${failed} failed`];
      return `VoiceSync: ${parts.filter(Boolean).join(', ')}`;
    },
    done: (count) => `${recordings(count)} ${count === 1 ? 'is' : 'are'} done.`,
    failed: (count) => `${recordings(count)} failed and will not be tried again unless you ask for it.`,
    look: (url) => `Look at them: ${url}`,
    closing: 'This message was written by a program; nobody reads answers to it.',
  },
  es: {
    subject: ({ done, failed }) => {
      const parts = [
        done > 0 && `${grabaciones(done)} ${done === 1 ? 'lista' : 'listas'}`,
        failed > 0 && `${failed} con error`,
      ];
      return `VoiceSync: ${parts.filter(Boolean).join(', ')}`;
    },
    done: (count) => `${grabaciones(count)} ${count === 1 ? 'está lista' : 'están listas'}.`,
    failed: (count) =>
      `${grabaciones(count)} ${count === 1 ? 'falló y no se intentará' : 'fallaron y no se intentarán'} de nuevo si usted no lo pide.`,
    look: (url) => `Véalas en: ${url}`,
    closing: 'Este mensaje lo escribió un programa; nadie lee las respuestas.',
  },
};

/** Subject and text of a mail. `pageUrl` is where the recordings are seen; null where nobody has told. */
export function mailText(
  { done, failed }: Counts,
  locale: Locale,
  pageUrl: string | null,
): { subject: string; text: string } {
  const texts = TEXTS[locale];
  const counts = [...(done > 0 ? [texts.done(done)] : []), ...(failed > 0 ? [texts.failed(failed)] : [])];
  const paragraphs = [counts.join('\n'), ...(pageUrl === null ? [] : [texts.look(pageUrl)]), texts.closing];
  return { subject: texts.subject({ done, failed }), text: `${paragraphs.join('\n\n')}\n` };
}

function recordings(count: number): string {
  return `${count} ${count === 1 ? 'recording' : 'recordings'}`;
}

function grabaciones(count: number): string {
  return `${count} ${count === 1 ? 'grabación' : 'grabaciones'}`;
}
