import type { Locale } from '../../contract/locale.ts';
import type { ModelAdvice } from '../../contract/models.ts';
import { programTexts } from '../../messages/program-texts.ts';
import { formatBytes } from '../../messages/quantities.ts';

/** A request for an IT department to bring a model: all that is needed to get the file and to check it, as plain text. */
export function modelRequestText(
  { file, sizeBytes, sha256, address, machine, memory }: ModelAdvice,
  language: Locale,
): string {
  const say = programTexts(language, 'modelRequest');
  const bytes = (count: number) => formatBytes(count, language);
  const paragraphs = [
    say('subject'),
    say('greeting'),
    say('what'),
    [
      say('name', { file }),
      say('size', { size: bytes(sizeBytes), bytes: sizeBytes }),
      say('sha256', { sha256 }),
      say('address', { address }),
      say('licence'),
    ].join('\n'),
    say('check', { file }),
    `${say('where')} ${say('machine', {
      threads: machine.threads,
      memory: bytes(machine.memoryBytes),
      need: bytes(memory.needBytes),
    })}`,
    say('thanks'),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}
