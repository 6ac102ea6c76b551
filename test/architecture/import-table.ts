/** Who may import whom, longest folder first (DESIGN section 3). `own` is always allowed; so is `node:` but where said. */
export type Rule = { folder: string; may: string[]; packages: string[]; noNode?: true }

export const importTable: Rule[] = [
  { folder: 'core/domain', may: [], packages: ['zod'], noNode: true },
  { folder: 'core/broker', may: ['core/domain', 'core/process'], packages: ['amqplib'] },
  { folder: 'core/store', may: ['core/domain', 'core/process'], packages: ['mongodb'] },
  { folder: 'core/process', may: ['core/domain'], packages: ['zod', 'pino', 'pino-pretty'] },
  { folder: 'templates', may: ['core/domain'], packages: ['mjml', 'handlebars'] },
  { folder: 'scraper/suppliers', may: ['scraper/robot.ts', 'scraper/platforms', 'scraper/sources'], packages: [] },
  { folder: 'infra/demo/suppliers', may: ['scraper/robot.ts', 'scraper/platforms', 'scraper/sources'], packages: [] },
  {
    folder: 'scraper',
    may: ['core/domain', 'core/broker', 'core/process'],
    packages: [
      'playwright-core',
      'node-cron',
      'dataloader',
      'p-queue',
      'zod',
      'otpauth',
      'css-selector-parser',
      'csv-parse',
      'fast-xml-parser',
      '@e965/xlsx',
      'commander',
      '@clack/prompts',
    ],
  },
  {
    folder: 'notifier',
    may: ['core/domain', 'core/broker', 'core/store', 'core/process', 'templates'],
    packages: ['nodemailer', 'dataloader', 'p-queue', 'zod'],
  },
  // A client of the API like any other; settings are read as every process reads its own.
  { folder: 'api/cli', may: ['core/domain', 'core/process', 'api/settings.ts'], packages: ['commander', 'cli-table3', 'csv-parse', 'zod'] }, // prettier-ignore
  {
    folder: 'api',
    may: ['core/domain', 'core/broker', 'core/store', 'core/process', 'templates'],
    packages: ['hono', '@hono/node-server', '@hono/zod-openapi', 'diff', 'prom-client', 'zod'],
  },
  // Shows and tries the mails that the notifier sends, by its own means.
  { folder: 'infra/mail', may: ['core', 'infra', 'templates', 'notifier/settings.ts', 'notifier/shop-of.ts', 'notifier/mailer.ts', 'notifier/mail-connections.ts', 'notifier/mail-settings.ts', 'notifier/mail-address.ts', 'notifier/make-message.ts', 'notifier/unsubscribe-link.ts'], packages: ['commander', 'hono', 'playwright-core', 'zod'] }, // prettier-ignore
  {
    // What a process takes as settings is data; the starter must name all that are missing at once.
    folder: 'infra',
    may: ['core', 'scraper/settings.ts', 'notifier/settings.ts', 'api/settings.ts'],
    packages: [
      'pm2',
      'commander',
      'zod',
      'hono',
      '@hono/node-server',
      'smtp-server',
      'postal-mime',
      'mongodb',
      'dataloader',
      'p-queue',
      'otpauth',
      '@e965/xlsx',
    ],
  },
  { folder: 'test', may: ['core', 'scraper', 'notifier', 'templates', 'api', 'infra'], packages: ['*'] },
]

/** Packages that only these places may import, whatever the table says of their folder. */
export const onlyIn: Record<string, string[]> = {
  amqplib: ['core/broker/'],
  mongodb: ['core/store/', 'infra/servers/replica-set.ts'],
  nodemailer: ['notifier/mailer.ts', 'notifier/mail-connections.ts'],
  'playwright-core': ['scraper/', 'infra/mail/'],
}

/** Where the environment may be read. */
export const environmentIn = ['core/process/settings.ts', 'ecosystem.config.cjs', 'infra/', 'test/']
