// opencc-js types its converters but not its raw tables: each is one string, "source target|source target|…".
declare module 'opencc-js/dict/*' {
  const table: string;
  export { table as default };
}
