import type { TFunction } from 'i18next';
import type { Locale } from '../../../../src/contract/locale.ts';
import type { VersionView } from '../../../../src/contract/views.ts';
import { moment } from '../../../lib/format.ts';

/** The parts of messages about a version: its number, when it was written, and its kind. */
export function versionWords(
  version: Pick<VersionView, 'number' | 'kind' | 'writtenAtMs' | 'brought'>,
  t: TFunction<['versions', 'texts']>,
  language: Locale,
): { number: number; date: string; kind: string } {
  return {
    number: version.number,
    date: moment(version.writtenAtMs, Date.now(), language),
    kind: kindOf(version, t),
  };
}

function kindOf(
  { kind, brought }: Pick<VersionView, 'kind' | 'brought'>,
  t: TFunction<['versions', 'texts']>,
): string {
  if (kind === 'edited') return t('edited');
  return brought == null ? t('machine') : t('texts:kind');
}
