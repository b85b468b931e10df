import { describe, expect, it } from 'vitest';
import { isInvention } from './known-inventions.ts';

const SAID = { speechMs: 1500, meanLogProb: -0.2, atEdge: true };
const SILENT = { speechMs: 40, meanLogProb: -0.4, atEdge: true };

describe('isInvention', () => {
  it.each([
    ' Subtitles by the Amara.org community',
    'Subtítulos realizados por la comunidad de Amara.org',
    "Sous-titres réalisés para la communauté d'Amara.org",
    'Untertitel der Amara.org-Community',
    '字幕由 Amara.org 社区提供',
    'Редактор субтитров А.Семкин Корректор А.Егорова',
  ])('knows the credits of subtitles wherever they stand: %s', (text) => {
    expect(isInvention(text, { ...SAID, atEdge: false })).toBe(true);
  });

  it.each([
    ' Thank you.',
    ' Gracias.',
    'Vielen Dank.',
    ' Merci !',
    'ご視聴ありがとうございました',
    '谢谢大家。',
  ])('takes %s at the end of a window for made up where nobody speaks', (text) => {
    expect(isInvention(text, SILENT)).toBe(true);
  });

  it('lets people say thank you', () => {
    expect(isInvention(' Thank you.', SAID)).toBe(false);
    expect(isInvention(' Thank you.', { ...SILENT, atEdge: false })).toBe(false);
    expect(isInvention(' Thank you for coming to the hearing.', SILENT)).toBe(false);
  });

  it('doubts a farewell that the model itself only guessed', () => {
    expect(isInvention(' Bye.', { ...SAID, meanLogProb: -0.9 })).toBe(true);
  });
});
