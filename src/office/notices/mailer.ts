import { createTransport, type SMTPTransportOptions } from 'nodemailer';
import type { Locale } from '../../contract/locale.ts';
import type { NoticeMail } from '../database/notices.db.ts';
import { mailText } from './mail-text.ts';

/** The house's mail server and who writes. */
export interface MailSettings {
  /** `smtp://host:587`, where TLS is begun before anything is said (STARTTLS), or `smtps://host:465`. */
  readonly server: string;
  readonly user: { readonly name: string; readonly password: string } | null;
  /** The address that writes. */
  readonly from: string;
  /** Where people look at their recordings; null where nobody has told. */
  readonly pageUrl: string | null;
  /** Domains of addresses that may be written to; null for all. */
  readonly domains: ReadonlySet<string> | null;
}

/** An attempt that did not succeed: `target.gone` where the server knows no such address. */
export interface MailFailure {
  readonly code: 'target.unreachable' | 'target.refused' | 'target.gone';
}

/** Milliseconds that a mail server may be silent. */
const SILENCE_MS = 20_000;

/** Writes mails by the house's mail server. */
export class Mailer {
  readonly #settings: MailSettings;
  readonly #transport: ReturnType<typeof createTransport>;

  constructor(settings: MailSettings) {
    this.#settings = settings;
    this.#transport = createTransport(transportOptions(settings));
  }

  /** Whether an address may be written to. */
  mayWriteTo(address: string): boolean {
    return this.#settings.domains?.has(domainOf(address)) ?? true;
  }

  /** Sends a mail; null if the server has taken it. */
  async send(mail: NoticeMail, address: string, locale: Locale): Promise<MailFailure | null> {
    const { from, pageUrl } = this.#settings;
    try {
      await this.#transport.sendMail({
        from: { name: 'VoiceSync', address: from },
        to: { name: '', address },
        ...mailText(mail, locale, pageUrl),
        messageId: `<${mail.id}@${domainOf(from)}>`,
        headers: {
          // RFC 3834: nobody's absence note answers it,
          'Auto-Submitted': 'auto-generated',
          // nor that of an Exchange server.
          'X-Auto-Response-Suppress': 'All',
          'Content-Language': locale,
        },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return null;
    } catch (error) {
      return { code: failureCode(error) };
    }
  }

  close(): void {
    this.#transport.close();
  }
}

/** How the server is spoken to: encrypted, with a certificate that is checked, unless it is this machine. Throws for a URL of another kind. */
export function transportOptions({
  server,
  user,
}: Pick<MailSettings, 'server' | 'user'>): SMTPTransportOptions {
  const url = new URL(server);
  if (!/^smtps?:$/.test(url.protocol) || url.hostname === '')
    throw new TypeError('smtp://host:port or smtps://host:port');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'smtps:';
  const isHere = !isSecure && /^(localhost|127(\.\d+){3}|::1)$/.test(host);
  return {
    host,
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    requireTLS: !isSecure && !isHere,
    ignoreTLS: isHere,
    tls: { minVersion: 'TLSv1.2' },
    ...(user !== null && { auth: { user: user.name, pass: user.password } }),
    connectionTimeout: SILENCE_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
  };
}

function failureCode(error: unknown): MailFailure['code'] {
  const { command, responseCode = 0 } = error as { command?: string; responseCode?: number };
  if (responseCode === 0) return 'target.unreachable';
  return command === 'RCPT TO' && responseCode >= 500 ? 'target.gone' : 'target.refused';
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
