// Avizo's three processes for a PM2 of your own:  npx pm2 start ecosystem.config.cjs
// Settings come from .env and the environment; broker and database are those that they name. `npm start` uses the same.
const { readEnvironment } = require('./infra/environment.ts')
const { ecosystem } = require('./infra/ecosystem.ts')
const { processes } = require('./infra/processes.ts')

module.exports = { apps: ecosystem(processes, readEnvironment()) }
