import type { StandardState } from '@yingda/contract';
import type { CellKind } from '../../domain/document.ts';
import { xmlHead, xmlText } from './xml.ts';

type Look = 'plain' | 'header' | 'title' | 'soft' | 'label';
export type Style = {
  kind: CellKind;
  state?: StandardState | undefined;
  look?: Look;
  /** Text that begins like a formula: Excel keeps it as text also when it is edited. */ quoted?: boolean;
};

const formats: Record<CellKind, string> = {
  text: 'General',
  day: 'yyyy-mm-dd',
  time: 'yyyy-mm-dd hh:mm',
  percent: '0.0%',
  seconds: '#,##0.0',
  money: '#,##0.00',
  count: '#,##0',
  rings: '0.0',
  score: '0.0',
  per_hour: '0.0',
};
const kinds = Object.keys(formats) as CellKind[];
const FIRST_OWN_FORMAT = 164;

const FONT = '<name val="Calibri"/><family val="2"/>';
const fonts = [
  `<font><sz val="11"/>${FONT}</font>`,
  `<font><b/><sz val="11"/><color rgb="FFFFFFFF"/>${FONT}</font>`,
  `<font><b/><sz val="16"/><color rgb="FF0F766E"/>${FONT}</font>`,
  `<font><sz val="11"/><color rgb="FF64748B"/>${FONT}</font>`,
  `<font><b/><sz val="11"/><color rgb="FFB91C1C"/>${FONT}</font>`,
  `<font><sz val="11"/><color rgb="FF92400E"/>${FONT}</font>`,
];
const fills = ['none', 'gray125', 'FF0F766E', 'FFFEE2E2', 'FFFEF3C7'].map((fill) =>
  fill.startsWith('FF')
    ? `<fill><patternFill patternType="solid"><fgColor rgb="${fill}"/><bgColor indexed="64"/></patternFill></fill>`
    : `<fill><patternFill patternType="${fill}"/></fill>`,
);

function fontOf({ look = 'plain', state }: Style): number {
  if (look === 'header') return 1;
  if (look === 'title') return 2;
  if (look === 'soft' || look === 'label') return 3;
  if (state === 'out') return 4;
  return state === 'near' ? 5 : 0;
}

function fillOf({ look = 'plain', state }: Style): number {
  if (look === 'header') return 2;
  if (state === 'out') return 3;
  return state === 'near' ? 4 : 0;
}

function alignment({ kind, look = 'plain' }: Style): string {
  if (look === 'title') return '<alignment vertical="center"/>';
  const side = look === 'header' && kind !== 'text' ? ' horizontal="right"' : '';
  return `<alignment${side} vertical="${look === 'header' ? 'center' : 'top'}" wrapText="1"/>`;
}

function xf(style: Style): string {
  const format =
    style.kind === 'text' || style.look === 'header'
      ? 0
      : FIRST_OWN_FORMAT + kinds.indexOf(style.kind);
  const quoted = style.quoted ? ' quotePrefix="1"' : '';
  return `<xf numFmtId="${format}" fontId="${fontOf(style)}" fillId="${fillOf(style)}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"${quoted}>${alignment(style)}</xf>`;
}

/** Collects the looks that cells use; the number of each stands in the cells. */
export function styleBook(): { of(style: Style): number; xml(): string } {
  const known = new Map<string, number>();
  const xfs: string[] = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'];
  return {
    of(style) {
      const made = xf(style);
      const found = known.get(made) ?? xfs.push(made) - 1;
      known.set(made, found);
      return found;
    },
    xml: () =>
      `${xmlHead}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
      `<numFmts count="${kinds.length}">${kinds.map((kind, i) => `<numFmt numFmtId="${FIRST_OWN_FORMAT + i}" formatCode="${xmlText(formats[kind])}"/>`).join('')}</numFmts>` +
      `<fonts count="${fonts.length}">${fonts.join('')}</fonts><fills count="${fills.length}">${fills.join('')}</fills>` +
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      `<cellXfs count="${xfs.length}">${xfs.join('')}</cellXfs>` +
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  };
}

export const excelFormat = (kind: CellKind): string => formats[kind];
