import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { WordTemplateView } from '../../contract/export-style.ts';
import type { Database } from '../../core/database/database.ts';
import { MOST_TEMPLATE_BYTES, templateParts } from '../../core/export/word-template/template-package.ts';
import { fileError } from '../../core/system-errors.ts';

/** A file that can be a template. */
export interface TemplateFile {
  /** Its name without the ending. */
  readonly name: string;
  readonly content: Uint8Array;
  /** Of the content, in hex. */
  readonly sha256: string;
  /** The id that it gets: the same for the same content. */
  readonly id: string;
}

/**
 * Reads a file that is to be a template. Throws `file.notFound` and its like, and what `templateParts` does.
 * @param file absolute path.
 */
export async function readTemplate(file: string): Promise<TemplateFile> {
  const name = basename(file);
  const content = await contentOf(file, name);
  templateParts(content, name);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { name: name.replace(/\.(dotx|docx)$/i, ''), content, sha256, id: uuidOf(sha256) };
}

/** The Word templates of an open vault. */
export class WordTemplates {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All templates, by name. */
  async list(): Promise<WordTemplateView[]> {
    return await this.#database.wordTemplates.list();
  }

  /**
   * Keeps a Word file as a template, once. Throws what `readTemplate` does.
   * @param file absolute path.
   */
  async add(file: string): Promise<WordTemplateView> {
    return await this.keep(await readTemplate(file));
  }

  /** Keeps a template, once: one with this content that is there already stays, with its own name and id. */
  async keep(template: TemplateFile): Promise<WordTemplateView> {
    return await this.#database.wordTemplates.add({ ...template, addedAtMs: Date.now() });
  }

  /** Deletes a template. Throws `template.notFound`. */
  async remove(id: string): Promise<void> {
    await this.#database.wordTemplates.remove({ id, atMs: Date.now() });
  }

  /** The template of a name, in any case; null without one. */
  async named(name: string): Promise<WordTemplateView | null> {
    const wanted = name.toLocaleLowerCase();
    return (await this.list()).find((one) => one.name.toLocaleLowerCase() === wanted) ?? null;
  }
}

/** A UUID of version 8 (RFC 9562), made of the first bytes of a hash. */
function uuidOf(sha256: string): string {
  const letters = [...sha256.slice(0, 32)];
  letters[12] = '8';
  letters[16] = '89ab'[Number.parseInt(letters[16] ?? '0', 16) % 4] ?? '8';
  const hex = letters.join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A file's bytes; one that is too large is not read. */
async function contentOf(file: string, name: string): Promise<Uint8Array> {
  try {
    await using handle = await open(file, 'r');
    if ((await handle.stat()).size > MOST_TEMPLATE_BYTES) {
      throw new AppError('template.tooLarge', { file: name, mostBytes: MOST_TEMPLATE_BYTES });
    }
    return await handle.readFile();
  } catch (error) {
    throw fileError(error, file);
  }
}
