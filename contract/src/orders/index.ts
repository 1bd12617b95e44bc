export * from './flows.ts';
export * from './settings.ts';
export * from './view.ts';
export * from './routes.ts';
export * from './portal.ts';
