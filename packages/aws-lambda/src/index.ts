export { monitorLambda } from './monitor-lambda.ts'
export type { LambdaCallback, LambdaHandler, MonitoredLambda, MonitorLambdaOptions } from './lambda-types.ts'
