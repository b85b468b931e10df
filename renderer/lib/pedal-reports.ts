/** A field of an input report, as in WebHID. */
interface ReportItem {
  readonly reportSize?: number;
  readonly reportCount?: number;
  readonly isConstant?: boolean;
}

/** A collection of reports, as in WebHID. */
export interface ReportCollection {
  readonly inputReports?: readonly { readonly reportId?: number; readonly items?: readonly ReportItem[] }[];
  readonly children?: readonly ReportCollection[];
}

/** A button that went down or up; `bit` counts from the lowest of the first byte after the report's id. */
export interface ButtonChange {
  readonly bit: number;
  readonly isDown: boolean;
}

/**
 * Which bits of an input report are buttons: fields of one bit, by the device's descriptor. Null without any such
 * field: then any bit may be one, as in pedals that send a number for each button.
 */
export function buttonBits(
  collections: readonly ReportCollection[],
  reportId: number,
): ReadonlySet<number> | null {
  const bits = new Set<number>();
  let bit = 0;
  for (const { reportSize = 0, reportCount = 0, isConstant = false } of itemsOf(collections, reportId)) {
    const end = bit + reportSize * reportCount;
    if (reportSize === 1 && !isConstant) for (let at = bit; at < end; at += 1) bits.add(at);
    bit = end;
  }
  return bits.size === 0 ? null : bits;
}

/** The fields of a report, collections concatenated. A collection includes those nested in it. */
function itemsOf(collections: readonly ReportCollection[], reportId: number): ReportItem[] {
  return collections.flatMap(({ inputReports = [], children = [] }) => {
    const own = inputReports.filter((report) => (report.reportId ?? 0) === reportId);
    return own.length > 0 ? own.flatMap(({ items = [] }) => [...items]) : itemsOf(children, reportId);
  });
}

/** Differences of two reports of the same id; before the first all buttons are up. */
export function buttonChanges(
  before: Uint8Array,
  after: Uint8Array,
  buttons: ReadonlySet<number> | null,
): ButtonChange[] {
  const changes: ButtonChange[] = [];
  for (let bit = 0; bit < Math.max(before.length, after.length) * 8; bit += 1) {
    if (buttons !== null && !buttons.has(bit)) continue;
    const [was, is] = [bitAt(before, bit), bitAt(after, bit)];
    if (was !== is) changes.push({ bit, isDown: is });
  }
  return changes;
}

function bitAt(bytes: Uint8Array, bit: number): boolean {
  return (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
}
