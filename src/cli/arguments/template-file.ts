import { resolve } from 'node:path';
import type { DeliveryWish } from '../../app/export/deliveries.ts';
import type { VaultApp } from '../../app/open-app.ts';
import { readTemplate, type TemplateFile } from '../../app/templates/word-templates.ts';
import { USUAL_STYLE } from '../../contract/export-style.ts';
import type { StyleFlags } from './style-flags.ts';

/** The Word template that flags name; null without one. Throws what `readTemplate` does, before any passphrase is asked for. */
export async function templateFrom({ template }: StyleFlags): Promise<TemplateFile | null> {
  return template !== undefined && 'file' in template ? await readTemplate(resolve(template.file)) : null;
}

/** A wish in a template, by the id of its content. */
export function inTemplate<W extends Pick<DeliveryWish, 'style'>>(
  wish: W,
  template: { readonly id: string } | null,
): W {
  if (template === null) return wish;
  return { ...wish, style: { ...(wish.style ?? USUAL_STYLE), template: { kind: 'word', id: template.id } } };
}

/** Keeps a template in the open vault, where a job finds it again after an interruption, and returns it as it is known there. */
export async function keptTemplate(
  { templates }: Pick<VaultApp, 'templates'>,
  template: TemplateFile | null,
): Promise<{ readonly id: string } | null> {
  return template === null ? null : await templates.keep(template);
}
