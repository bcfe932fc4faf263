import { expect, it } from 'vitest'

/** The public values of each entry. A change here is a change that users see, and wants a changeset. */
const EXPORTS: Readonly<Record<string, readonly string[]>> = {
  '@crontify/sdk': [
    'CrontifyApiError',
    'CrontifyClosedError',
    'CrontifyConfigError',
    'CrontifyError',
    'CrontifyMonitor',
    'CrontifyNetworkError',
    'CrontifyTimeoutError',
    'isCrontifyError',
  ],
  '@crontify/sdk/adapter': ['createRunTracker', 'monitored', 'numbersOf'],
  '@crontify/node-cron': ['monitorJob'],
  '@crontify/protocol': [
    'API_KEY_HEADER',
    'API_PREFIX',
    'DEFAULT_BASE_URL',
    'DEFAULT_GRACE_SECONDS',
    'DEFAULT_TIMEOUT_MS',
    'HUNG_GRACE_MULTIPLIER',
    'LOG_SNIPPET_LENGTH',
    'MAX_ERROR_MESSAGE_LENGTH',
    'MAX_LOG_OUTPUT_LENGTH',
    'MAX_MONITOR_ID_LENGTH',
    'MAX_PINGS_PER_MINUTE',
    'MAX_RULES_PER_MONITOR',
    'MAX_RULE_FIELD_LENGTH',
    'PING_KINDS',
    'RULE_OPERATORS',
    'SWEEP_EVERY_MS',
    'cutMiddle',
    'cutText',
    'definitionProblems',
    'failBody',
    'isMonitorId',
    'isRuleField',
    'pingPath',
    'readMeta',
    'readReceipt',
    'ruleFires',
    'ruleText',
    'runLogPath',
    'successBody',
  ],
  '@crontify/alert-engine': [
    'WAITING',
    'createSchedule',
    'createVirtualClock',
    'documentedLiteral',
    'durationText',
    'instantText',
    'scheduleAware',
    'termsOf',
    'transition',
  ],
  '@crontify/mock-server': ['createMockServer', 'documentedLiteral', 'scheduleAware'],
}

it.each(Object.keys(EXPORTS))('exports from %s what is listed here', async (entry) => {
  const values = Object.keys((await import(entry)) as object)

  expect(values.sort()).toEqual(EXPORTS[entry])
})
