import { defineModule } from '../../platform/module.ts';
import { mountReports } from './routes.ts';
import { sendJob } from './service/timing.ts';

export { renderGrid } from './adapters/render.ts';
export { textAt } from './adapters/texts.ts';
export { csvOf } from './domain/csv.ts';
export type { Cell } from './domain/document.ts';
export { localTime } from './domain/due.ts';
export { minorUnits } from './domain/format.ts';
export { box } from './domain/grid.ts';
export type { Grid, GridBox, GridRow } from './domain/grid.ts';
export { fill } from './domain/words.ts';
export { sendFile } from './service/send-file.ts';
export type { ReportFile } from './service/export.ts';
export { fileNameOf, mimes as fileMimes } from './service/export.ts';

export const reportsModule = defineModule({
  name: 'reports',
  routes: mountReports,
  jobs: [sendJob],
});
