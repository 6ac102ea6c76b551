/** Usual times, so that nobody needs to know cron. */
export const schedules: Record<string, { cron: string; about: string }> = {
  'workdays-3': { cron: '0 7,12,17 * * 1-5', about: 'at 7, 12 and 17 on working days' },
  'workdays-hourly': { cron: '0 7-18 * * 1-5', about: 'every hour from 7 to 18 on working days' },
  'daily-3': { cron: '0 7,12,17 * * *', about: 'at 7, 12 and 17 every day' },
  daily: { cron: '0 6 * * *', about: 'at 6 every day' },
}
