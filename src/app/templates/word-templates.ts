import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { v7 as newId } from 'uuid';
import { AppError } from '../../contract/errors.ts';
import type { WordTemplateView } from '../../contract/export-style.ts';
import type { Database } from '../../core/database/database.ts';
import { MOST_TEMPLATE_BYTES, templateParts } from '../../core/export/word-template/template-package.ts';
import { fileError } from '../../core/system-errors.ts';

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
   * Keeps a Word file as a template, once. Throws `file.notFound` and its like, and what `templateParts` does.
   * @param file absolute path.
   */
  async add(file: string): Promise<WordTemplateView> {
    const name = basename(file);
    const content = await contentOf(file, name);
    templateParts(content, name);
    return await this.#database.wordTemplates.add({
      id: newId(),
      name: name.replace(/\.(dotx|docx)$/i, ''),
      sha256: createHash('sha256').update(content).digest('hex'),
      content,
      addedAtMs: Date.now(),
    });
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
