export * from './mapping.ts';
export * from './runs.ts';
