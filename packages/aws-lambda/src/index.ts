export { monitorLambda } from './monitor-lambda.ts'
export type { LambdaHandler, MonitoredLambda, MonitorLambdaOptions } from './lambda-types.ts'
