import { Save, ShieldCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PAGE_WAYS, type PrivacyReport, type ReportSection } from '../../../src/contract/egress.ts';
import { Button } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { request } from '../../lib/client.ts';
import { attempt, say } from '../../stores/toasts.ts';
import { attemptFromPage } from './page-attempts.ts';

/** What is blocked and how, a self-test that tries to open connections, and the report that can be saved. */
export function PrivacySettings() {
  const { t, i18n } = useTranslation('privacy');
  const [report, setReport] = useState<PrivacyReport | null>(null);
  const [tried, setTried] = useState<number | null>(null);
  const { language } = i18n;
  // The report comes in the window's language.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked for again in each
  useEffect(() => attempt(async () => setReport(await request('privacy.report'))), [language]);
  const test = async () => {
    setTried(0);
    try {
      const target = await request('privacy.beginTest');
      for (const [index, way] of PAGE_WAYS.entries()) {
        await request('privacy.tried', { way, end: await attemptFromPage(way, target) });
        setTried(index + 1);
      }
      setReport(await request('privacy.finishTest'));
    } finally {
      setTried(null);
    }
  };
  const save = async () => {
    const { saved } = await request('privacy.save');
    if (saved) say(t('saved'));
  };
  return (
    <>
      <p className="text-sm text-ink-soft">{t('hint')}</p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => attempt(test)} disabled={tried !== null}>
          <ShieldCheck aria-hidden size="1rem" />
          {t('test')}
        </Button>
        <Button onClick={() => attempt(save)} disabled={report === null || tried !== null}>
          <Save aria-hidden size="1rem" />
          {t('save')}
        </Button>
      </div>
      {tried !== null && (
        <div role="status" className="flex flex-col gap-2 text-sm">
          {t('testing')}
          <ProgressBar
            className="w-full"
            label={t('testing')}
            // The rest is tried outside of the page, and tells nothing meanwhile.
            percent={(tried / (PAGE_WAYS.length + 1)) * 100}
          />
        </div>
      )}
      {report?.sections.map((section) => (
        <Section key={section.id} section={section} />
      ))}
    </>
  );
}

function Section({ section: { id, title, paragraphs, columns, rows } }: { section: ReportSection }) {
  const isLead = id === 'summary';
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2 select-text">
      <h3 className="font-semibold">{title}</h3>
      {paragraphs.map((text) => (
        <p key={text} className={`wrap-anywhere ${isLead ? '' : 'text-sm text-ink-soft'}`}>
          {text}
        </p>
      ))}
      {rows.length > 0 && <Table columns={columns} rows={rows} label={title} />}
    </section>
  );
}

/** A table; where the window is narrow, each row is a block of lines. */
function Table({ columns, rows, label }: { columns: string[]; rows: string[][]; label: string }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: what is no longer displayed as a table would else be none
    <table role="table" aria-label={label} className="w-full border-collapse text-sm">
      <thead className="sr-only @xl/page:not-sr-only @xl/page:table-header-group">
        {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column}
              role="columnheader"
              className="border-b border-line py-1.5 pr-4 text-start font-semibold"
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and stay in their order
          // biome-ignore lint/a11y/noRedundantRoles: as above
          <tr key={index} role="row" className="block border-b border-line py-1.5 @xl/page:table-row">
            {cells.map((cell, column) => (
              <td
                key={columns[column]}
                // biome-ignore lint/a11y/noRedundantRoles: as above
                role="cell"
                className={`block pr-4 align-top ${/\S{25}/.test(cell) ? '[overflow-wrap:anywhere]' : ''} empty:hidden @xl/page:table-cell @xl/page:py-1.5 @xl/page:empty:table-cell ${
                  column === 0 ? 'font-medium' : 'text-ink-soft'
                }`}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
