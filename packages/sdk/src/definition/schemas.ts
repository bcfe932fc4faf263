export { definitionProblems } from '@crontify/protocol/schemas'
