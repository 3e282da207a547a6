import { LOCALES, resources, type Attribute } from '@clipflight/contract'
import { openYaml, type Member, type Place, type YamlNode, type YamlText } from '@clipflight/yaml-text'
import {
  InvocationsFileRefused,
  type FileApp,
  type FileInvocation,
  type FileTitle,
  type InvocationsFile,
} from './invocations-file.ts'
import { suggestLocale } from './suggest-locale.ts'
import { fillTemplate, readTemplate, type Template } from './template.ts'

const { betaAppClipInvocations, betaAppClipInvocationLocalizations, apps } = resources

/** The file. Throws `InvocationsFileRefused` with everything that is wrong with it; no variable needs a value for that. */
export function readInvocationsFile(text: string, path: string): InvocationsFile {
  const yaml = openYaml(text)
  const found = yaml.isYaml ? readApps(yaml) : []
  if (yaml.problems.length > 0) throw new InvocationsFileRefused(path, yaml.problems)
  return { path, apps: found }
}

function readApps(yaml: YamlText): readonly FileApp[] {
  const root = yaml.readMapping(yaml.root, 'the file')
  if (root === undefined) return []
  const list = root.get('apps')
  if (list === undefined)
    return [readApp(yaml, yaml.root, root, ['app', 'apps', 'invocations'])].flatMap((app) => app ?? [])
  yaml.refuseUnknown(root, ['apps'], `a file with 'apps'`)
  const nodes = yaml.readList(list.value, `'apps'`)
  if (nodes?.length === 0) yaml.refuse(list.value, `'apps' must have at least one item`)
  const found = (nodes ?? []).flatMap((node) => {
    const members = yaml.readMapping(node, `an item of 'apps'`)
    return (members && readApp(yaml, node, members, ['app', 'invocations'])) ?? []
  })
  refuseRepeated(
    yaml,
    found.map(({ app, at }) => ({ value: app, at })),
    `another item has the app`,
  )
  return found
}

type Members = ReadonlyMap<string, Member>

function readApp(
  yaml: YamlText,
  node: YamlNode | undefined,
  members: Members,
  known: readonly string[],
): FileApp | undefined {
  yaml.refuseUnknown(members, known, 'an app')
  const app = members.get('app')
  if (app === undefined) yaml.refuse(node, `'app' is missing: the bundle id of the app, such as com.example.coffee`)
  const bundleId = app === undefined ? undefined : readText(yaml, app.value, 'app', apps.attributes.bundleId)
  if (bundleId?.trim() === '') yaml.refuse(app?.value, `'app' must be the bundle id of the app`)
  const list = members.get('invocations')
  if (list === undefined) yaml.refuse(node, `'invocations' is missing: a list, or [] for none`)
  const nodes = list === undefined ? [] : (yaml.readList(list.value, `'invocations'`) ?? [])
  const { count } = betaAppClipInvocations.atMost
  if (nodes.length > count)
    yaml.refuse(nodes[count], `a build takes ${count} invocations, and these are ${nodes.length}`)
  const invocations = nodes.flatMap((each) => readInvocation(yaml, each) ?? [])
  refuseRepeated(
    yaml,
    invocations.map(({ url }) => ({ value: JSON.stringify(url.parts), at: url.at })),
    'another invocation has the same URL',
  )
  return bundleId === undefined ? undefined : { app: bundleId, invocations, at: yaml.placeOf(app?.value) }
}

function readInvocation(yaml: YamlText, node: YamlNode): FileInvocation | undefined {
  const members = yaml.readMapping(node, 'an invocation')
  if (members === undefined) return undefined
  const titlesBeside = [...members].filter(([name]) => LOCALES.includes(name))
  for (const [locale, { key }] of titlesBeside) {
    yaml.refuse(key, `'${locale}' belongs below 'title': indent it further than that`)
  }
  yaml.refuseUnknown(members, ['url', 'title', ...titlesBeside.map(([locale]) => locale)], 'an invocation')
  const url = members.get('url')
  if (url === undefined) yaml.refuse(node, `'url' is missing`)
  const template = url && readUrl(yaml, url.value)
  const title = members.get('title')
  if (title === undefined) yaml.refuse(node, `'title' is missing: a title for each locale, such as 'en-US: Order'`)
  const titles = title === undefined ? [] : readTitles(yaml, title.value)
  return template && { url: template, titles }
}

/** Stands for a value: the same letter is good in a host, a port, a path and a query. */
const STAND_IN = '1'
/** An environment variable that a URL begins with holds its beginning. */
const STAND_IN_FOR_START = 'https://example.com'

function readUrl(yaml: YamlText, node: YamlNode): Template | undefined {
  return readTemplateOf(yaml, node, 'url', betaAppClipInvocations.attributes.url, (template) =>
    fillTemplate(template, ({ of }, isFirst) => (isFirst && of === 'environment' ? STAND_IN_FOR_START : STAND_IN)),
  )
}

function readTitles(yaml: YamlText, node: YamlNode): readonly FileTitle[] {
  const members = yaml.readMapping(node, `'title'`)
  if (members?.size === 0) yaml.refuse(node, `'title' must have a title in at least one locale`)
  return [...(members ?? [])].flatMap(([locale, { key, value }]) => {
    const isKnown = LOCALES.includes(locale)
    if (!isKnown) yaml.refuse(key, complainOfLocale(locale))
    const title = readTemplateOf(
      yaml,
      value,
      'title',
      betaAppClipInvocationLocalizations.attributes.title,
      (template) => fillTemplate(template, () => STAND_IN),
    )
    return title === undefined ? [] : [{ locale, title }]
  })
}

function complainOfLocale(locale: string): string {
  const [, name] = /^([\w-]+):/.exec(locale) ?? []
  return name !== undefined && LOCALES.includes(name)
    ? `a space is missing behind '${name}:'`
    : `'${locale}' is not a locale of App Store Connect.${suggestLocale(locale)}`
}

/** Text with variables, of which `example` makes a value that the attribute must take. */
function readTemplateOf(
  yaml: YamlText,
  node: YamlNode,
  name: string,
  attribute: Attribute,
  example: (template: Template) => string,
): Template | undefined {
  const text = readText(yaml, node, name)
  if (text === undefined) return undefined
  const problems = yaml.problems.length
  const template = readTemplate(yaml, node, text)
  if (yaml.problems.length > problems) return template
  const complaint = attribute.kind.complain(example(template), name)
  if (complaint !== undefined) yaml.refuse(node, complaint.detail)
  return template
}

function readText(yaml: YamlText, node: YamlNode, name: string, attribute?: Attribute): string | undefined {
  const value = yaml.readValue(node)
  if (typeof value !== 'string') {
    const isUnquoted = typeof value === 'number' || typeof value === 'boolean'
    yaml.refuse(node, `'${name}' must be text${isUnquoted ? ': write it in quotes' : ''}`)
    return undefined
  }
  const complaint = attribute?.kind.complain(value, name)
  if (complaint !== undefined) yaml.refuse(node, complaint.detail)
  return value
}

function refuseRepeated(
  yaml: YamlText,
  values: readonly { readonly value: string; readonly at: Place }[],
  reason: string,
): void {
  const lines = new Map<string, number>()
  for (const { value, at } of values) {
    const line = lines.get(value)
    if (line === undefined) lines.set(value, at.line)
    else yaml.problems.push({ ...at, reason: `${reason} (the first is at line ${line})` })
  }
}
