/** JSON schemas as TypeScript, so that what is published needs no types of the library that made them. */

/** The part of JSON Schema that the control API is declared in. */
interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[] | undefined
  readonly description?: string
}

/** The declaration of a type by that name. */
export function writeType(name: string, schema: Schema): string {
  return `${writeComment(schema, '')}export type ${name} = ${writeShape(schema, '')}\n`
}

function writeShape(schema: Schema, indent: string): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf !== undefined) return schema.anyOf.map((each) => writeShape(each, indent)).join(' | ')
  switch (schema.type) {
    case 'object':
      return writeObject(schema, indent)
    case 'array':
      return `Array<${writeShape(schema.items ?? {}, indent)}>`
    case 'integer':
      return 'number'
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return schema.type
    case undefined:
      return 'unknown'
    default:
      throw new Error(`There is no type for a schema of type '${schema.type}'.`)
  }
}

function writeObject({ properties, patternProperties, required = [] }: Schema, indent: string): string {
  const [values] = Object.values(patternProperties ?? {})
  if (values !== undefined) return `Record<string, ${writeShape(values, indent)}>`
  const inner = `${indent}  `
  const members = Object.entries(properties ?? {}).map(([name, schema]) => {
    const mark = required.includes(name) ? '' : '?'
    return `${writeComment(schema, inner)}${inner}readonly ${name}${mark}: ${writeShape(schema, inner)}\n`
  })
  return `{\n${members.join('')}${indent}}`
}

function writeComment({ description }: Schema, indent: string): string {
  if (description === undefined) return ''
  const text = description.replace(/^./, (first) => first.toUpperCase()).replaceAll('*/', '*\\/')
  return `${indent}/** ${text} */\n`
}
