import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { USUAL_SCALING } from '../scaling/scaling-policy.ts';
import { measuredTimes } from './measured-times.ts';
import { ONE_MACHINE, resultOf } from './scenarios.ts';
import { simulateOffice } from './simulate-office.ts';
import { DAY_MS, HOUR_MS } from './simulated-days.ts';
import { CHART_FILE, PAGE_FILE } from './simulation-files.ts';
import { type SimulationReport, simulationReport, withReport } from './simulation-report.ts';

let report: SimulationReport;
beforeAll(() => {
  report = simulationReport();
});

it('is what the documentation shows', async () => {
  const page = await readFile(PAGE_FILE, 'utf8');
  expect(withReport(page, report)).toBe(page);
  expect(await readFile(CHART_FILE, 'utf8')).toBe(report.svg);
});

describe('a day of 100,000 recordings', () => {
  it('is done within a day, while one machine of two cores takes more than a week', () => {
    for (const { waits, moments, mostWorkers } of report.drawn) {
      expect(waits.longestMs).toBeLessThan(DAY_MS);
      expect(waits.medianMs).toBeLessThan(3 * HOUR_MS);
      expect(mostWorkers).toBeLessThanOrEqual(USUAL_SCALING.maxWorkers);
      // The night leaves little behind.
      expect(moments.at(-1)?.depth).toBeLessThan(100_000 / 20);
    }
    expect(resultOf(ONE_MACHINE).endMs).toBeGreaterThan(7 * DAY_MS);
  });

  it('hardly keeps other tenants waiting for the one who sends 30,000 at once', () => {
    const [, morning] = report.drawn;
    expect(morning?.othersWaits?.p95Ms).toBeLessThan(HOUR_MS / 2);
    expect(morning?.waits.p95Ms).toBeGreaterThan(8 * HOUR_MS);
  });

  it('changes the number of workers seldom, and takes none away while 200 recordings wait for each', () => {
    for (const { changes } of report.drawn) {
      expect(changes.length).toBeGreaterThan(4);
      expect(changes.length).toBeLessThanOrEqual(24);
      for (const [index, { from, to, depth, atMs }] of changes.entries()) {
        const isUp = to > from;
        if (isUp) expect(depth).toBeGreaterThan(USUAL_SCALING.upAbove * from);
        else expect(depth).toBeLessThan(USUAL_SCALING.downBelow * from);
        const sinceMs = atMs - (changes[index - 1]?.atMs ?? Number.NEGATIVE_INFINITY);
        expect(sinceMs).toBeGreaterThanOrEqual(
          isUp ? USUAL_SCALING.upCoolDownMs : USUAL_SCALING.downCoolDownMs,
        );
      }
      const directions = changes.map(({ from, to }) => Math.sign(to - from));
      expect(
        directions.filter((sign, index) => index > 0 && sign !== directions[index - 1]).length,
      ).toBeLessThan(6);
    }
  });
});

describe('the simulated office', () => {
  const office = { scaling: null, workersAtStart: 2, startMs: 60_000, askEveryMs: 30_000 };
  const times = (...values: number[]) => Float64Array.from(values);

  it('begins jobs in their order as workers become free', () => {
    const { waitsMs, endMs } = simulateOffice({
      ...office,
      arrivalsMs: times(0, 0, 0, 1000, 100_000),
      servicesMs: times(10_000, 4000, 5000, 1000, 500),
      tenants: new Uint8Array(5),
    });
    expect([...waitsMs]).toEqual([0, 0, 4000, 8000, 0]);
    expect(endMs).toBe(100_500);
  });

  it('gives tenants turns', () => {
    const { waitsMs } = simulateOffice({
      ...office,
      workersAtStart: 1,
      arrivalsMs: times(0, 0, 0, 0, 1500, 1500),
      servicesMs: times(1000, 1000, 1000, 1000, 1000, 1000),
      tenants: Uint8Array.of(0, 0, 0, 0, 1, 1),
    });
    expect([...waitsMs]).toEqual([0, 1000, 3000, 5000, 500, 2500]);
  });

  it('gets workers after their start, and lets those go that have finished their jobs', () => {
    const jobs = 1200;
    const { moments, changes } = simulateOffice({
      ...office,
      scaling: { ...USUAL_SCALING, minWorkers: 1 },
      workersAtStart: 1,
      arrivalsMs: new Float64Array(jobs),
      servicesMs: new Float64Array(jobs).fill(20 * 60_000),
      tenants: new Uint8Array(jobs),
    });
    expect(changes[0]).toMatchObject({ atMs: 0, from: 1, to: 11 });
    const at = (atMs: number) => moments.find((moment) => moment.atMs === atMs);
    expect(at(30_000)).toMatchObject({ wanted: 11, working: 1 });
    expect(at(90_000)).toMatchObject({ wanted: 11, working: 11 });
    const [, down] = changes;
    // All are busy then, for ten more minutes.
    expect(down).toMatchObject({ from: 11, to: 4, atMs: USUAL_SCALING.downCoolDownMs });
    expect(at(USUAL_SCALING.downCoolDownMs)).toMatchObject({ wanted: 4, working: 11 });
    expect(at(22 * 60_000)).toMatchObject({ wanted: 4, working: 4 });
  });
});

it('finds the time for a recording and for each of its seconds, whatever a few recordings took', () => {
  const job = (seconds: number, cpuMs: number) => ({ seconds, cpuMs, wallMs: 9 * cpuMs });
  const jobs = [10, 20, 30, 40, 50, 60].map((seconds) => job(seconds, 500 + 80 * seconds));
  const round = {
    ...{ day: '2026-11-30', machine: 'one', model: 'm', loads: [1, 2] as [number, number], startMs: 1000 },
    first: job(10, 3000),
    jobs: [...jobs, job(55, 100)],
  };
  const slow = {
    ...round,
    loads: [0, 9] as [number, number],
    jobs: round.jobs.map((job) => ({ ...job, cpuMs: 9 * job.cpuMs })),
  };
  const found = measuredTimes('m', [round, slow, round]);
  expect(found.msPerSecond).toBeCloseTo(80);
  expect(found.fixedMs).toBeCloseTo(500);
  expect(found).toMatchObject({ rounds: 3, loads: [0, 9], startMs: 1000 + 9 * 3000 - 9 * 1300 });
  expect(() => measuredTimes('another', [round])).toThrow(RangeError);
});
