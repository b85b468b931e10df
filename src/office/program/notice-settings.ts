import { z } from '../../contract/schema.ts';
import { type MailSettings, transportOptions } from '../notices/mailer.ts';
import { type Environment, secretOrNull, settingsOf } from './office-settings.ts';

/** Words with blanks or commas between, in lower case. */
const words = z
  .string()
  .default('')
  .transform((list) =>
    list
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((word) => word !== ''),
  );

/** How people and programs are told of jobs. Without a mail server no mail is sent. */
const Notices = z
  .object({
    /** Hosts, as they stand in URLs, to which webhooks may go without TLS and within the house. */
    OFFICE_WEBHOOK_HOSTS: words,
    /** `smtp://host:587` or `smtps://host:465`. */
    OFFICE_SMTP: z.string().refine(isMailServer, 'smtp://host:587 or smtps://host:465').optional(),
    OFFICE_SMTP_USER: z.string().min(1).optional(),
    OFFICE_SMTP_PASSWORD_FILE: z.string().min(1).optional(),
    /** The address that writes. */
    OFFICE_MAIL_FROM: z.email().optional(),
    /** Domains of addresses that may be written to; all, if none is named. */
    OFFICE_MAIL_DOMAINS: words,
    /** Where people look at their recordings: told in mails. */
    OFFICE_PAGE_URL: z.url().optional(),
  })
  .refine(
    ({ OFFICE_SMTP, OFFICE_MAIL_FROM }) => (OFFICE_SMTP === undefined) === (OFFICE_MAIL_FROM === undefined),
    {
      path: ['OFFICE_MAIL_FROM'],
      error: 'OFFICE_SMTP and OFFICE_MAIL_FROM belong together',
    },
  )
  .refine(
    ({ OFFICE_SMTP_USER, OFFICE_SMTP_PASSWORD_FILE }) =>
      (OFFICE_SMTP_USER === undefined) === (OFFICE_SMTP_PASSWORD_FILE === undefined),
    { path: ['OFFICE_SMTP_PASSWORD_FILE'], error: 'user and password belong together' },
  );

/** The gateway's settings about who is told. Throws for what is wrong. */
export async function noticeSettings(env: Environment) {
  const settings = settingsOf(Notices, env);
  return {
    webhookHosts: new Set(settings.OFFICE_WEBHOOK_HOSTS),
    mail: mailOf(settings, await secretOrNull(settings.OFFICE_SMTP_PASSWORD_FILE)),
  };
}

function mailOf(settings: z.output<typeof Notices>, password: string | null): MailSettings | null {
  const { OFFICE_SMTP: server, OFFICE_MAIL_FROM: from, OFFICE_SMTP_USER: name } = settings;
  if (server === undefined || from === undefined) return null;
  const domains = new Set(settings.OFFICE_MAIL_DOMAINS);
  return {
    ...{ server, from },
    user: name === undefined || password === null ? null : { name, password },
    pageUrl: settings.OFFICE_PAGE_URL ?? null,
    domains: domains.size === 0 ? null : domains,
  };
}

function isMailServer(server: string): boolean {
  try {
    transportOptions({ server, user: null });
    return true;
  } catch {
    return false;
  }
}
