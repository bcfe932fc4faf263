export { auditDefinitions } from './audit/audit-definitions.ts'
export type { AuditEvidence, Definitions } from './audit/audit-definitions.ts'
export type { Finding } from './audit/finding.ts'
export { EXIT } from './exit-codes.ts'
