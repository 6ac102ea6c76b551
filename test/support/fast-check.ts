import fc from 'fast-check'

/** A whole test run tries the same values each time, so that its colour says something of the code; alone they are new ones. */
const seed = process.env['TEST_SEED']
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) })

export { fc }
