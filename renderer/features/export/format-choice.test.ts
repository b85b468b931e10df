import { describe, expect, it } from 'vitest';
import { EXPORT_FORMATS, previewFormat, withFormat } from './format-choice.ts';

describe('choosing formats', () => {
  it('keeps the order in which they are offered', () => {
    expect(withFormat(['json', 'txt'], 'docx', true)).toEqual(
      EXPORT_FORMATS.filter((f) => ['txt', 'docx', 'json'].includes(f)),
    );
    expect(withFormat(['txt', 'docx'], 'txt', false)).toEqual(['docx']);
    expect(withFormat(['txt'], 'txt', true)).toEqual(['txt']);
  });

  it('previews the one asked for while it is chosen', () => {
    expect(previewFormat(['txt', 'srt'], 'srt')).toBe('srt');
    expect(previewFormat(['txt', 'srt'], 'json')).toBe('txt');
    expect(previewFormat([], 'txt')).toBeNull();
  });
});
