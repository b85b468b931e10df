import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FULL_CONTENT } from '../../contract/document.ts';
import { exampleDocument } from '../export/example-documents.ts';
import { temporaryFolder } from '../vault/testing/temporary-folder.ts';
import { deliver } from './deliver.ts';

test.each([
  ['hearing.wav', 'hearing.txt'],
  ['DICT0412.DS2', 'DICT0412.txt'],
  ['Hearing of 3.11.2026', 'Hearing of 3.11.2026.txt'],
  ['Smith v. Jones', 'Smith v. Jones.txt'],
  ['Interview Dr. Weber.m4a', 'Interview Dr. Weber.txt'],
  ['Cardiology/Ward 3.mp3', 'Cardiology-Ward 3.txt'],
])('a recording named %j is delivered as %j', async (name, file) => {
  const folder = temporaryFolder();
  const document = exampleDocument();
  const delivery = {
    folder,
    formats: ['txt' as const],
    timestamps: true,
    content: FULL_CONTENT,
    overwrite: false,
  };
  await deliver({ ...document, recording: { ...document.recording, name } }, delivery, { language: 'en' });
  expect(readdirSync(folder)).toEqual([file]);
});
