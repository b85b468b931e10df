import { expect, it } from 'vitest';
import { OfficeError } from '../contract/office-errors.ts';
import { HurriedPatience, STORE_RETRY_AFTER_S, type StoreRequestOptions } from './store-patience.ts';

it('asks a store that was away no more for a while, and then tries it again', async () => {
  let nowMs = 0;
  let asked = 0;
  const hurried = new HurriedPatience(() => nowMs);
  const refused = async (): Promise<string> => {
    asked += 1;
    throw new OfficeError('store.unavailable');
  };
  await expect(hurried.ask(refused)).rejects.toThrow('store.unavailable');
  expect(asked).toBe(3);
  nowMs += STORE_RETRY_AFTER_S * 1000 - 1;
  await expect(hurried.ask(refused)).rejects.toThrow('store.unavailable');
  expect(asked).toBe(3);
  nowMs += 1;
  expect(await hurried.ask(async () => 'there')).toBe('there');
});

it('gives up what a store does not answer', async () => {
  const unanswered = ({ abortSignal }: StoreRequestOptions) =>
    new Promise<never>((_, reject) => {
      const giveUp = () => reject(new OfficeError('store.unavailable', { cause: abortSignal?.reason }));
      abortSignal?.addEventListener('abort', giveUp);
    });
  await expect(new HurriedPatience().ask(unanswered)).rejects.toThrow('store.unavailable');
});

it('tells at once what the store has decided', async () => {
  let asked = 0;
  const gone = async () => {
    asked += 1;
    throw new OfficeError('upload.gone');
  };
  await expect(new HurriedPatience().ask(gone)).rejects.toThrow('upload.gone');
  expect(asked).toBe(1);
});
