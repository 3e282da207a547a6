import { resources, type Attribute } from '@clipflight/contract'
import type { FileProblem } from '@clipflight/yaml-text'
import type { WantedInvocation } from '../plan/invocation.ts'
import { InvocationsFileRefused, type FileApp } from './invocations-file.ts'
import { fillTemplate, missingIn, type Template } from './template.ts'
import { valueOf, writeVariable, type Variable, type VariableName, type VariableValues } from './variables.ts'

const { betaAppClipInvocations, betaAppClipInvocationLocalizations } = resources

/** The variables of ours that the app's invocations use: what the caller has to find out. */
export function variablesOf(app: FileApp): ReadonlySet<VariableName> {
  return new Set(usedIn(app).flatMap((variable) => (variable.of === 'clipflight' ? [variable.name] : [])))
}

/** The names of the environment's variables that the app's invocations use. */
export function environmentVariablesOf(app: FileApp): ReadonlySet<string> {
  return new Set(usedIn(app).flatMap((variable) => (variable.of === 'environment' ? [variable.name] : [])))
}

function usedIn({ invocations }: FileApp): readonly Variable[] {
  return invocations
    .flatMap(({ url, titles }) => [url, ...titles.map(({ title }) => title)])
    .flatMap((each) => each.parts)
    .filter((part) => typeof part !== 'string')
}

/** The app's invocations with the names of variables in the place of their values. */
export function asWritten({ invocations }: FileApp): readonly WantedInvocation[] {
  const write = (template: Template): string => fillTemplate(template, writeVariable)
  return invocations.map(({ url, titles }) => ({
    url: write(url),
    titles: Object.fromEntries(titles.map(({ locale, title }) => [locale, write(title)])),
  }))
}

/**
 * What the app's invocations come to with these values. Throws `InvocationsFileRefused` with everything that only
 * the values show. In a URL the values of ours are percent-encoded; the environment's stand as they are.
 */
export function resolveInvocations(
  { invocations }: FileApp,
  values: VariableValues,
  path: string,
): readonly WantedInvocation[] {
  const problems: FileProblem[] = []

  function resolve(
    template: Template,
    name: string,
    { kind }: Attribute,
    write: (variable: Variable) => string,
  ): string {
    const missing = missingIn(template, values)
    const text = fillTemplate(template, write)
    const complaint = missing.length > 0 ? undefined : kind.complain(text, name)
    for (const variable of missing) problems.push({ ...template.at, reason: `${writeVariable(variable)} has no value` })
    if (complaint !== undefined)
      problems.push({ ...template.at, reason: `${complaint.detail} With its variables it is '${text}'.` })
    return text
  }
  const asIs = (variable: Variable): string => valueOf(variable, values) ?? ''
  const inUrl = (variable: Variable): string =>
    variable.of === 'environment' ? asIs(variable) : encodeURIComponent(asIs(variable))

  const lines = new Map<string, number>()
  const wanted = invocations.map(({ url, titles }): WantedInvocation => {
    const before = problems.length
    const text = resolve(url, 'url', betaAppClipInvocations.attributes.url, inUrl)
    const line = lines.get(text)
    if (line === undefined) lines.set(text, url.at.line)
    else if (problems.length === before) {
      problems.push({ ...url.at, reason: `with its variables it is '${text}', which is the URL at line ${line} too` })
    }
    const { title: attribute } = betaAppClipInvocationLocalizations.attributes
    return {
      url: text,
      titles: Object.fromEntries(titles.map(({ locale, title }) => [locale, resolve(title, 'title', attribute, asIs)])),
    }
  })
  if (problems.length > 0) throw new InvocationsFileRefused(path, problems)
  return wanted
}
