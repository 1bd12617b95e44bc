import fc from 'fast-check';

/** Set up before each file of tests: whole runs give their seed, a file run by hand takes a new one each time. */
const seed = process.env['YINGDA_SEED'];
if (seed) fc.configureGlobal({ seed: Number(seed) });
