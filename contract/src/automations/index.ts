export * from './actions.ts';
export * from './fields.ts';
export * from './macros.ts';
export * from './rules.ts';
