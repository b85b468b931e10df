import { Copy, Save, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiagnosticReport } from '../../../src/contract/ipc.ts';
import { Button } from '../../components/button.tsx';
import { Switch } from '../../components/checkbox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SettingRow } from '../../components/setting-row.tsx';
import { request } from '../../lib/client.ts';
import { attempt, say } from '../../stores/toasts.ts';

/** The whole diagnostic report, as it would be saved; and whether a log is kept. */
export function DiagnosticsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [report, setReport] = useState<DiagnosticReport | null>(null);
  useEffect(() => attempt(async () => setReport(await request('diagnostics.report'))), []);
  const save = async () => {
    const { saved } = await request('diagnostics.save');
    if (saved) say(t('reportSaved'));
  };
  const copy = async () => {
    await request('diagnostics.copy');
    say(t('reportCopied'));
  };
  const actions = (
    <div className="flex flex-wrap justify-end gap-2">
      <Button onClick={() => attempt(copy)} disabled={report === null}>
        <Copy aria-hidden size="1rem" />
        {t('copyReport')}
      </Button>
      <Button look="primary" onClick={() => attempt(save)} disabled={report === null}>
        <Save aria-hidden size="1rem" />
        {t('saveReport')}
      </Button>
    </div>
  );
  return (
    <Dialog
      title={t('report')}
      description={t('reportText')}
      width="broad"
      onClose={onClose}
      actions={actions}
    >
      {report !== null && (
        <div className="flex flex-col gap-4">
          <section
            aria-label={t('report')}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
            tabIndex={0}
            className="max-h-[45vh] min-h-40 overflow-auto rounded-md border border-line bg-sunken p-3"
          >
            <pre className="font-mono text-xs whitespace-pre-wrap select-text [overflow-wrap:anywhere]">
              {report.text}
            </pre>
          </section>
          <SettingRow label={t('keepLog')} hint={t('keepLogHint')}>
            {(ids) => (
              <Switch
                {...ids}
                checked={report.isLogKept}
                onCheckedChange={(isOn) =>
                  attempt(async () => setReport(await request('diagnostics.keepLog', { isOn })))
                }
              />
            )}
          </SettingRow>
          <Button
            className="self-start"
            onClick={() => attempt(async () => setReport(await request('diagnostics.deleteLog')))}
          >
            <Trash2 aria-hidden size="1rem" />
            {t('deleteLog')}
          </Button>
        </div>
      )}
    </Dialog>
  );
}
