import type { CDPSession } from '@playwright/test';
import type { PrintToPDFOptions } from 'electron';

declare const anySession: CDPSession;
type PrintParameters = NonNullable<Parameters<typeof anySession.send<'Page.printToPDF'>>[1]>;

const A4_INCHES = { width: 8.27, height: 11.69 };
const DEFAULT_MARGIN_INCHES = 0.4;

/** Electron's PDF options as parameters of the DevTools protocol. Lengths are in inches in both. */
export function printParameters(options: PrintToPDFOptions): PrintParameters {
  const { margins, pageSize, scale, pageRanges, headerTemplate, footerTemplate } = options;
  const size = typeof pageSize === 'object' ? pageSize : pageSize === 'A4' ? A4_INCHES : null;
  return {
    ...(scale !== undefined && { scale }),
    ...(pageRanges !== undefined && { pageRanges }),
    ...(headerTemplate !== undefined && { headerTemplate }),
    ...(footerTemplate !== undefined && { footerTemplate }),
    ...(size && { paperWidth: size.width, paperHeight: size.height }),
    marginTop: margins?.top ?? DEFAULT_MARGIN_INCHES,
    marginBottom: margins?.bottom ?? DEFAULT_MARGIN_INCHES,
    marginLeft: margins?.left ?? DEFAULT_MARGIN_INCHES,
    marginRight: margins?.right ?? DEFAULT_MARGIN_INCHES,
    landscape: options.landscape ?? false,
    printBackground: options.printBackground ?? false,
    displayHeaderFooter: options.displayHeaderFooter ?? false,
    preferCSSPageSize: options.preferCSSPageSize ?? false,
    generateTaggedPDF: options.generateTaggedPDF ?? false,
    generateDocumentOutline: options.generateDocumentOutline ?? false,
  };
}
