// What the demo adds to the three processes: the supplier's portal and the mailbox.
//   npx pm2 start infra/demo/ecosystem.config.cjs
const { readEnvironment } = require('../environment.ts')
const { ecosystem } = require('../ecosystem.ts')
const { demoProcesses } = require('./processes.ts')

module.exports = { apps: ecosystem(demoProcesses, readEnvironment()) }
