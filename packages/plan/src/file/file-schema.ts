import { HTTPS_URL_START, LOCALES, resources, type JsonSchema } from '@clipflight/contract'
import { VARIABLES } from './variables.ts'

const { betaAppClipInvocations, betaAppClipInvocationLocalizations } = resources

/** Where editors find the schema when the command is installed in the project, from beside the file. */
export const SCHEMA_PATH = './node_modules/clipflight/dist/clipflight.schema.json'

/** JSON Schema of `clipflight.yaml`, for editors that complete and check it. Derived from the definitions. */
export function fileSchema(): JsonSchema {
  const app = {
    app: { description: 'The bundle id of the app, such as com.example.coffee.', type: 'string', minLength: 1 },
    invocations: { $ref: '#/$defs/invocations' },
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Clipflight file',
    description: 'The App Clip invocations that testers of an app find in TestFlight, the same for every build.',
    type: 'object',
    additionalProperties: false,
    properties: {
      ...app,
      apps: {
        description: 'Several apps, instead of one.',
        type: 'array',
        minItems: 1,
        items: { type: 'object', required: ['app', 'invocations'], additionalProperties: false, properties: app },
      },
    },
    oneOf: [
      { required: ['app', 'invocations'], not: { required: ['apps'] } },
      { required: ['apps'], properties: { app: false, invocations: false } },
    ],
    $defs: { invocations: invocationsSchema(), url: urlSchema(), titles: titlesSchema() },
  }
}

/** As `docs/clipflight.schema.json` holds it, and `clipflight schema` prints it. */
export function fileSchemaText(): string {
  return `${JSON.stringify(fileSchema(), undefined, 2)}\n`
}

function invocationsSchema(): JsonSchema {
  return {
    description: 'What testers find; [] for nothing.',
    type: 'array',
    maxItems: betaAppClipInvocations.atMost.count,
    items: {
      description: betaAppClipInvocations.description,
      type: 'object',
      required: ['url', 'title'],
      additionalProperties: false,
      properties: { url: { $ref: '#/$defs/url' }, title: { $ref: '#/$defs/titles' } },
    },
  }
}

function urlSchema(): JsonSchema {
  // A URL with variables is no URI before they have values, so the format is left out.
  const { format: _, ...schema } = betaAppClipInvocations.attributes.url.kind.schema
  return {
    description: `The https URL that the App Clip is launched with. ${describeVariables()}`,
    ...schema,
    pattern: `${HTTPS_URL_START.source}|^\\$\\{env\\.`,
    examples: ['https://coffee.example.com/order?build=${BUILD}'],
  }
}

function titlesSchema(): JsonSchema {
  const { kind } = betaAppClipInvocationLocalizations.attributes.title
  return {
    description: `The title that testers see, by locale. ${describeVariables()}`,
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    properties: Object.fromEntries(LOCALES.map((locale) => [locale, kind.schema])),
  }
}

function describeVariables(): string {
  const ours = Object.entries(VARIABLES).map(([name, meaning]) => `\${${name}} is ${meaning}`)
  return `Variables: ${ours.join('; ')}; \${env.NAME} is an environment variable. $\${ stands for \${ itself.`
}
