import { expect, test } from 'vitest';
import { PdfPrinting, type PrintedPage } from './pdf-printing.ts';

const HTML = [new Uint8Array([60])];
const FAILED = expect.objectContaining({ code: 'export.failed' });

function pages() {
  const begun: { page: PrintedPage; done: (pdf: Uint8Array) => void; isClosed: boolean }[] = [];
  const printing = new PdfPrinting(() => {
    const pdf = Promise.withResolvers<Uint8Array>();
    const gone = Promise.withResolvers<never>();
    const page = {
      pdf: pdf.promise,
      gone: gone.promise,
      close: () => {
        entry.isClosed = true;
        gone.reject(new Error('the window was closed'));
      },
    };
    const entry = { page, done: pdf.resolve, isClosed: false };
    begun.push(entry);
    return page;
  });
  return { printing, begun };
}

test('a page that was printed is given, and its window closed', async () => {
  const { printing, begun } = pages();
  const printed = printing.print(HTML);
  begun[0]?.done(new Uint8Array([1, 2]));
  expect(await printed).toEqual(new Uint8Array([1, 2]));
  expect(begun[0]?.isClosed).toBe(true);
});

test('locking closes every page, and whoever waits for one is told that the export failed', async () => {
  const { printing, begun } = pages();
  const waiting = [printing.print(HTML), printing.print(HTML)];
  const ended = Promise.allSettled(waiting);
  printing.stop();
  expect(begun.map(({ isClosed }) => isClosed)).toEqual([true, true]);
  expect(await ended).toEqual([
    { status: 'rejected', reason: FAILED },
    { status: 'rejected', reason: FAILED },
  ]);
});
