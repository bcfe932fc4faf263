// The build loads this part at the first call: importing the SDK and constructing a client stay fast.
export { createMonitorClient } from './client/monitor/monitor-client.ts'
export { startDelivery } from './client/start-delivery.ts'
export { explainRules } from './definition/explain-rules.ts'
export { createRedactor } from './redaction/redactor.ts'
export { monitored } from './run/layers/monitored.ts'
export { createSystemParts } from './system-parts.ts'
