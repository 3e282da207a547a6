import { didYouMean, type Place, type YamlNode, type YamlText } from '@clipflight/yaml-text'
import { soundsSecret, VARIABLES, valueOf, type Variable, type VariableName, type VariableValues } from './variables.ts'

/** Text of a file in which variables stand for what is known only when it is used. */
export interface Template {
  readonly parts: readonly (string | Variable)[]
  readonly at: Place
}

/** `$${` is a `${` that begins no variable. Whatever else a dollar stands before, it is a dollar. */
const TOKEN = /\$\$\{|\$\{([^{}]*)\}|\$\{/g

const ENVIRONMENT_PREFIX = 'env.'
const ENVIRONMENT_NAME = /^[A-Za-z_]\w*$/

/** The text with its variables found; what is wrong with them is refused where it stands. */
export function readTemplate(yaml: YamlText, node: YamlNode, text: string): Template {
  const parts: (string | Variable)[] = []
  let literal = ''
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    literal += text.slice(end, match.index)
    end = match.index + match[0].length
    if (match[0] === '$${') {
      literal += '${'
      continue
    }
    const found = readVariable(match[1])
    if (typeof found === 'string') yaml.problems.push({ ...yaml.placeWithin(node, match.index), reason: found })
    else {
      parts.push(literal, found)
      literal = ''
    }
  }
  return { parts: [...parts, literal + text.slice(end)].filter((part) => part !== ''), at: yaml.placeOf(node) }
}

/** The variable of that name, or what is wrong with it; the name is undefined when no brace closes it. */
function readVariable(name: string | undefined): Variable | string {
  if (name === undefined) {
    return `'\${' begins a variable, such as '\${BUILD}', and '}' does not end it; '$\${' stands for the characters themselves`
  }
  if (isVariableName(name)) return { of: 'clipflight', name }
  if (!name.startsWith(ENVIRONMENT_PREFIX)) return `'\${${name}}' is not a variable.${hintFor(name)}`
  const variable = name.slice(ENVIRONMENT_PREFIX.length)
  if (!ENVIRONMENT_NAME.test(variable)) return `'${variable}' cannot be the name of an environment variable`
  return soundsSecret(variable)
    ? `'\${${name}}' sounds like a secret, and URLs and titles are for everybody: give the value another name`
    : { of: 'environment', name: variable }
}

function isVariableName(name: string): name is VariableName {
  return Object.hasOwn(VARIABLES, name)
}

function hintFor(name: string): string {
  const known = Object.keys(VARIABLES)
  const meant = didYouMean(name, known)
  if (meant !== '') return meant
  const list = known.map((each) => `\${${each}}`).join(', ')
  const environment = ENVIRONMENT_NAME.test(name) ? `\${env.${name}} is the environment's` : `\${env.NAME}`
  return ` There are ${list}, and ${environment}.`
}

/** The text with `replace` in place of each variable. */
export function fillTemplate({ parts }: Template, replace: (variable: Variable, isFirst: boolean) => string): string {
  return parts.map((part, index) => (typeof part === 'string' ? part : replace(part, index === 0))).join('')
}

/** Those of its variables that have no value. */
export function missingIn({ parts }: Template, values: VariableValues): readonly Variable[] {
  return parts.filter((part) => typeof part !== 'string').filter((variable) => valueOf(variable, values) === undefined)
}

/** Text as a file has to write it, so that it reads as itself. */
export function escapeTemplate(text: string): string {
  // By a function, since a dollar has a meaning of its own in text that replaces.
  return text.replaceAll('${', () => '$${')
}
