import { readFile, writeFile } from 'node:fs/promises';
import { CHART_FILE, PAGE_FILE } from './simulation-files.ts';
import { simulationReport, withReport } from './simulation-report.ts';

// `npm run office:simulate`: simulates the days anew, and writes what the documentation shows of them.

const report = simulationReport();
await writeFile(CHART_FILE, report.svg);
await writeFile(PAGE_FILE, withReport(await readFile(PAGE_FILE, 'utf8'), report));
process.stdout.write(`${report.text}\n`);
