export * from './standards.ts';
export * from './settings.ts';
export * from './report.ts';
export * from './contacts.ts';
export * from './entered.ts';
