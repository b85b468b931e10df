import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readExistingText } from './read-existing-text.ts';

const read = (name: string, text: string | Uint8Array) =>
  readExistingText(name, typeof text === 'string' ? strToU8(text) : text).passages.map(
    ({ speaker, text: words, startMs, endMs }) => [...[speaker, words, startMs, endMs]],
  );

test('speakers and times at the starts of lines', () => {
  const text = `xHearing of 3 May: first day\r\n\r\n[00:12:03] Ms Ortega: Good morning.\r\nPlease sit down: there.\r\n\r\n[00:12:09.500] JUDGE: Thank you.\r\nNote: nobody sat.\r\nCLERK: All rise.\r\nMs Ortega: Well?\r\nMs Ortega [00:13:00]: And 12:30 is lunch.`;
  expect(read('hearing.txt', text.slice(1))).toEqual([
    [null, 'Hearing of 3 May: first day', null, null],
    ['Ms Ortega', 'Good morning.', 723_000, null],
    ['Ms Ortega', 'Please sit down: there.', null, null],
    ['JUDGE', 'Thank you.', 729_500, null],
    ['JUDGE', 'Note: nobody sat.', null, null],
    ['CLERK', 'All rise.', null, null],
    ['Ms Ortega', 'Well?', null, null],
    ['Ms Ortega', 'And 12:30 is lunch.', 780_000, null],
  ]);
  expect(read('plain.txt', 'One thing: it rained.\nAnother thing followed.')).toEqual([
    [null, 'One thing: it rained.', null, null],
    [null, 'Another thing followed.', null, null],
  ]);
});

test('subtitles, with tags, voices and names', () => {
  expect(
    read(
      'a.srt',
      '1\r\n00:00:01,500 --> 00:00:03,000\r\n<i>Ana:</i> Hola\r\n¿qué tal?\r\n\r\n2\r\n00:00:03,200 --> 00:00:04,000\r\n- Bien.\r\n',
    ),
  ).toEqual([
    ['Ana', 'Hola ¿qué tal?', 1500, 3000],
    [null, 'Bien.', 3200, 4000],
  ]);
  expect(
    read(
      'a.vtt',
      'WEBVTT\n\nNOTE one --> two\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v.loud Ana Ruiz>Uno &amp; dos</v>\n',
    ),
  ).toEqual([['Ana Ruiz', 'Uno & dos', 1000, 2000]]);
});

test('a Word file’s paragraphs, without what was deleted', () => {
  const run = (text: string) => `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
  const xml = `<w:document><w:body><w:p>${run('Q: ')}${run('Did it &#233;nd &amp; when?')}<w:del w:id="1"><w:r><w:delText>x</w:delText></w:r>${run('gone')}</w:del></w:p><w:p>${run('A: ')}<w:r><w:tab/></w:r>${run('Yes.')}</w:p><w:p>${run('Q: Really?')}</w:p></w:body></w:document>`;
  expect(read('a.docx', zipSync({ 'word/document.xml': strToU8(xml) }))).toEqual([
    ['Q', 'Did it énd & when?', null, null],
    ['A', 'Yes.', null, null],
    ['Q', 'Really?', null, null],
  ]);
});

test('what is no text, or has no words, is refused by name', () => {
  const code = (name: string, bytes: Uint8Array) => {
    try {
      readExistingText(name, bytes);
      return null;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(code('a.txt', strToU8('RIFF\0\0\0WAVE'))).toBe('text.unreadable');
  expect(code('a.docx', zipSync({ other: strToU8('x') }))).toBe('text.unreadable');
  expect(code('a.txt', strToU8(' …\n – \n'))).toBe('text.empty');
  expect(code('a.txt', new Uint8Array(33 * 1024 * 1024))).toBe('text.tooLarge');
});
