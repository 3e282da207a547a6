import { appleOperations, type AppleOperation } from './not-yet.ts'

/** Which of Apple's operations the service answers and which not, by resource, as Markdown. */
export function renderCoverage(): string {
  const byType = Map.groupBy(appleOperations, ({ path }) => typeOf(path))
  const groups = [...byType].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const { served, total } = count(appleOperations)
  return [
    '# Coverage',
    '',
    `Clipflight answers **${served}** of the **${total}** operations of Apple's App Store Connect API that lie around beta`,
    `App Clip invocations. The other ${total - served} are answered with 501 \`NOT_IMPLEMENTED\`.`,
    '',
    '| Resource | Done | Of |',
    '| --- | ---: | ---: |',
    ...groups.map(([type, operations]) => {
      const counted = count(operations)
      return `| [${type}](#${type.toLowerCase()}) | ${counted.served} | ${counted.total} |`
    }),
    ...groups.flatMap(([type, operations]) => renderGroup(type, operations)),
    '',
  ].join('\n')
}

function renderGroup(type: string, operations: readonly AppleOperation[]): string[] {
  // The service's own order is that of its definitions; readers look a path up.
  const rows = operations.toSorted((one, other) => (one.path < other.path ? -1 : Number(one.path > other.path)))
  return [
    '',
    `## ${type}`,
    '',
    '| Operation | Path | Apple calls it | |',
    '| --- | --- | --- | --- |',
    ...rows.map(({ method, path, operationId, served }) => {
      return `| ${method} | \`${path}\` | \`${operationId}\` | ${served ? 'done' : '**not yet**'} |`
    }),
  ]
}

function typeOf(path: string): string {
  return path.split('/')[2] ?? ''
}

function count(operations: readonly AppleOperation[]): { readonly served: number; readonly total: number } {
  return { served: operations.filter(({ served }) => served).length, total: operations.length }
}
