import type { Chart, DrawnWords } from '../../domain/document.ts';
import { bandOf, topOf } from '../../domain/chart.ts';
import { excelFormat } from './styles.ts';
import { columnName, xmlHead, xmlText } from './xml.ts';

/** A column of a sheet from a row on. */
type Place = { sheet: string; column: number; row: number };

/** Where the series of a chart stand: a sheet and, for each, a column. */
export type ChartPlaces = {
  /** Name of the sheet with the labels and levels. */
  levels: string;
  label: number;
  norm: number;
  low: number;
  band: number;
  values: Place;
};

const stored = (value: number | null, { kind }: Chart): number | null =>
  value !== null && kind === 'percent' ? value / 100 : value;

const reference = ({ sheet, column, row }: Place, count: number): string => {
  const name = columnName(column);
  return xmlText(`'${sheet.replaceAll("'", "''")}'!$${name}$${row}:$${name}$${row + count - 1}`);
};

function points(values: (number | string | null)[]): string {
  const known = values.map((value, i) =>
    value === null
      ? ''
      : `<c:pt idx="${i}"><c:v>${typeof value === 'number' ? value : xmlText(value)}</c:v></c:pt>`,
  );
  return `<c:ptCount val="${values.length}"/>${known.join('')}`;
}

type Series = {
  index: number;
  name: string;
  values: (number | null)[];
  ref: string;
  look: string;
  extra?: string;
};

/** A chart with what it refers to; `labels`: the reference of its points' names. */
type Drawing = { chart: Chart; places: ChartPlaces; words: DrawnWords; labels: string };

function seriesXml(
  { index, name, values, ref, look, extra = '' }: Series,
  { chart, labels }: Drawing,
): string {
  return (
    `<c:ser><c:idx val="${index}"/><c:order val="${index}"/><c:tx><c:v>${xmlText(name)}</c:v></c:tx>${look}${extra}` +
    `<c:cat><c:strRef><c:f>${labels}</c:f><c:strCache>${points(chart.labels)}</c:strCache></c:strRef></c:cat>` +
    `<c:val><c:numRef><c:f>${ref}</c:f><c:numCache><c:formatCode>${xmlText(excelFormat(chart.kind))}</c:formatCode>${points(values)}</c:numCache></c:numRef></c:val>` +
    `${extra === '' ? '' : '<c:smooth val="0"/>'}</c:ser>`
  );
}

const line = (colour: string, width: number, dash = '') =>
  `<c:spPr><a:ln w="${width}" cap="rnd"><a:solidFill><a:srgbClr val="${colour}"/></a:solidFill>${dash}<a:round/></a:ln></c:spPr>`;
const marker = (colour: string, size: number, symbol = 'circle') =>
  `<c:marker><c:symbol val="${symbol}"/><c:size val="${size}"/><c:spPr><a:solidFill><a:srgbClr val="${colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr></c:marker>`;

/** Points out of range: a red diamond instead of the small dot. */
function outPoints({ states }: Chart): string {
  return states
    .map((state, i) =>
      state === 'out'
        ? `<c:dPt><c:idx val="${i}"/>${marker('DC2626', 8, 'diamond')}<c:bubble3D val="0"/></c:dPt>`
        : '',
    )
    .join('');
}

function bandXml(drawing: Drawing): string {
  const { chart, places, words } = drawing;
  const band = bandOf(chart);
  if (!band) return '';
  const count = chart.labels.length;
  const none = '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>';
  const shade =
    '<c:spPr><a:solidFill><a:srgbClr val="14B8A6"><a:alpha val="18000"/></a:srgbClr></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>';
  const low = {
    index: 0,
    name: words.low,
    values: band.map((one) => stored(one.low, chart)),
    ref: reference({ sheet: places.levels, column: places.low, row: 2 }, count),
    look: none,
  };
  const high = {
    index: 1,
    name: words.range,
    values: band.map((one) => stored(one.high - one.low, chart)),
    ref: reference({ sheet: places.levels, column: places.band, row: 2 }, count),
    look: shade,
  };
  return `<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>${seriesXml(low, drawing)}${seriesXml(high, drawing)}<c:axId val="11"/><c:axId val="12"/></c:areaChart>`;
}

function axes(chart: Chart): string {
  const text =
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="800"/></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>';
  const grey = line('CBD5E1', 6350);
  return (
    `<c:catAx><c:axId val="11"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>${grey}${text}<c:crossAx val="12"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>` +
    `<c:valAx><c:axId val="12"/><c:scaling><c:orientation val="minMax"/><c:max val="${stored(topOf(chart), chart)}"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines>${line('E2E8F0', 6350)}</c:majorGridlines><c:numFmt formatCode="${xmlText(excelFormat(chart.kind))}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>${text}<c:crossAx val="11"/><c:crosses val="autoZero"/><c:crossBetween val="midCat"/></c:valAx>`
  );
}

/** A chart part: values as a line with what is out of range marked, the norm dashed, the recommended range shaded. */
export function chartXml(chart: Chart, places: ChartPlaces, words: DrawnWords): string {
  const count = chart.labels.length;
  const labels = reference({ sheet: places.levels, column: places.label, row: 2 }, count);
  const drawing: Drawing = { chart, places, words, labels };
  const value: Series = {
    index: 2,
    name: words.value,
    values: chart.values.map((one) => stored(one, chart)),
    ref: reference(places.values, count),
    look: line('0D9488', 22225),
    extra: `${marker('0D9488', count > 60 ? 2 : 4)}${outPoints(chart)}`,
  };
  const norm: Series = {
    index: 3,
    name: words.norm,
    values: chart.norm.map((one) => stored(one, chart)),
    ref: reference({ sheet: places.levels, column: places.norm, row: 2 }, count),
    look: line('64748B', 12700, '<a:prstDash val="dash"/>'),
    extra: '<c:marker><c:symbol val="none"/></c:marker>',
  };
  const hasNorm = chart.norm.some((one) => one !== null);
  const title =
    chart.unit && chart.kind !== 'percent' ? `${chart.title} (${chart.unit})` : chart.title;
  return (
    `${xmlHead}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:roundedCorners val="0"/><c:chart>` +
    `<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1100" b="1"/></a:pPr><a:r><a:rPr lang="en-US" sz="1100" b="1"/><a:t>${xmlText(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>` +
    `<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>${bandXml(drawing)}` +
    `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${seriesXml(value, drawing)}${hasNorm ? seriesXml(norm, drawing) : ''}<c:marker val="1"/><c:axId val="11"/><c:axId val="12"/></c:lineChart>` +
    `${axes(chart)}</c:plotArea><c:legend><c:legendPos val="b"/>${bandOf(chart) ? `<c:legendEntry><c:idx val="0"/><c:delete val="1"/></c:legendEntry>` : ''}<c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`
  );
}
