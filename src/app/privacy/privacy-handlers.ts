import type { PrivacyReport } from '../../contract/egress.ts';
import type { Handlers } from '../../contract/ipc.ts';
import type { Locale } from '../../contract/locale.ts';
import type { PlaceView } from '../../contract/places.ts';
import type { Database } from '../../core/database/database.ts';
import { saveAs } from '../../core/files/save-as.ts';
import { checkedLog, privacyReport } from './privacy-report.ts';
import { reportEnding, reportPage, reportText } from './report-files.ts';
import { SelfTest, type SelfTestParts } from './self-test.ts';

/** How many of the log's last entries the window shows; the file has them all. */
const SHOWN_ENTRIES = 20;

/** Request handlers of the privacy report. */
export function privacyHandlers(
  parts: SelfTestParts & {
    readonly language: () => Locale;
    /** Every place where the app keeps something, now. */
    readonly places: () => Promise<readonly PlaceView[]>;
    /** The open vault's database; null if none is open. */
    readonly database: () => Database | null;
    /** Lets the user choose where to save the report; null if cancelled. */
    readonly chooseFile: () => Promise<string | null>;
    readonly print: (html: readonly Uint8Array[]) => Promise<Uint8Array>;
  },
): Pick<Handlers, Extract<keyof Handlers, `privacy.${string}`>> {
  const test = new SelfTest(parts);
  const report = async () => {
    const database = parts.database();
    return privacyReport({
      language: parts.language(),
      made: new Date(),
      places: await parts.places(),
      results: test.results,
      log: database === null ? null : await checkedLog(database),
    });
  };
  return {
    'privacy.report': async () => forWindow(await report()),
    'privacy.beginTest': () => test.begin(),
    'privacy.tried': ({ way, end }) => test.tried(way, end),
    'privacy.finishTest': async () => {
      await test.finish();
      return forWindow(await report());
    },
    'privacy.save': async () => {
      const file = await parts.chooseFile();
      if (file === null) return { saved: false };
      const made = await report();
      const page = () => Buffer.from(reportPage(made, parts.language()));
      const ending = reportEnding(file);
      const content =
        ending === 'txt'
          ? Buffer.from(reportText(made))
          : ending === 'pdf'
            ? await parts.print([page()])
            : page();
      await saveAs(file, content);
      return { saved: true };
    },
  };
}

function forWindow(report: PrivacyReport): PrivacyReport {
  const sections = report.sections.map((section) =>
    section.id === 'log' ? { ...section, rows: section.rows.slice(-SHOWN_ENTRIES) } : section,
  );
  return { ...report, sections };
}
