import { DETAILS } from './details.ts'
import { LOCALES } from './locales.ts'
import type { Problem } from './problem.ts'
import type { resources } from './resources/index.ts'

type Resources = typeof resources

const LOCALE_NOTE = `A locale of App Store Connect. It cannot be changed. One of: ${LOCALES.join(', ')}.`

/** What is worth saying of an attribute in the reference; that it is a name or a number goes without saying. */
const ATTRIBUTE_NOTES: {
  readonly [T in keyof Resources]?: { readonly [A in keyof Resources[T]['attributes']]?: string }
} = {
  apps: {
    primaryLocale: 'The language of what has not been translated.',
    sku: 'A name of your own for the app, which nobody else sees.',
  },
  builds: {
    version: 'The build number, `CFBundleVersion`. The version of the app is that of its pre-release version.',
    uploadedDate: 'When the build was uploaded, in Pacific time.',
    expirationDate: 'When testers can no longer install the build.',
    expired: 'Whether the build has been withdrawn from testers.',
    processingState: 'A build can be tested once it is `VALID`.',
    usesNonExemptEncryption: 'The answer to the export compliance question; null until it has been given.',
  },
  buildBundles: {
    bundleType: 'Only bundles of the type `APP_CLIP` can have invocations.',
    entitlements: 'Entitlements by executable and name. All values are text.',
  },
  buildBetaDetails: {
    autoNotifyEnabled: 'Whether testers hear of the build as soon as they can have it.',
  },
  betaBuildLocalizations: {
    whatsNew: 'What testers are asked to test.',
    locale: LOCALE_NOTE,
  },
  betaAppClipInvocations: {
    url: 'The URL that opens the App Clip: absolute, `https`, with a host and no user, in the characters of RFC 3986.',
  },
  betaAppClipInvocationLocalizations: {
    title: 'What testers read over the App Clip experience.',
    locale: LOCALE_NOTE,
  },
  appClipDomainStatuses: {
    domains: 'The domains that the App Clip names, and whether each is associated with it.',
    lastUpdatedDate: 'When the domains were last looked up, in Pacific time.',
  },
}

/** The note on an attribute, if there is one. */
export function noteOn(type: string, attribute: string): string | undefined {
  const notes = new Map<string, Readonly<Record<string, string | undefined>>>(Object.entries(ATTRIBUTE_NOTES)).get(type)
  return notes !== undefined && Object.hasOwn(notes, attribute) ? notes[attribute] : undefined
}

const ORIGIN = 'http://127.0.0.1:8642'
const BUNDLE = '0199c7a4-5c1e-7d0a-9f3b-2f6f1f0a7b11'
const INVOCATION = '0199c7a8-1b42-7c55-8a3e-6d2f90c4e7a2'
const ENGLISH = '0199c7a8-1b43-7f10-b1d4-0c8e5a7f3d61'
const GERMAN = '0199c7a8-1b44-7a9c-8e27-94b1c0d2f583'

const invocation = {
  type: 'betaAppClipInvocations',
  id: INVOCATION,
  attributes: { url: 'https://coffee.example.com/order?table=12' },
  links: { self: `${ORIGIN}/v1/betaAppClipInvocations/${INVOCATION}` },
}

const localizations = [
  { id: ENGLISH, attributes: { title: 'Order at your table', locale: 'en-US' } },
  { id: GERMAN, attributes: { title: 'Am Tisch bestellen', locale: 'de-DE' } },
].map(({ id, attributes }) => ({
  type: 'betaAppClipInvocationLocalizations',
  id,
  attributes,
  links: { self: `${ORIGIN}/v1/betaAppClipInvocationLocalizations/${id}` },
}))

/** The invocation with both titles; `limit` is how many could have been shown. */
function withLocalizations(limit: number) {
  return {
    type: invocation.type,
    id: invocation.id,
    attributes: invocation.attributes,
    relationships: {
      betaAppClipInvocationLocalizations: {
        meta: { paging: { total: localizations.length, limit } },
        data: localizations.map(({ type, id }) => ({ type, id })),
      },
    },
    links: invocation.links,
  }
}

/** A request and an answer of an operation, as they look in practice. */
export interface Example {
  readonly request?: unknown
  readonly response?: unknown
}

/** Examples of the operations that the service is there for, by operation id; `derive-documents` checks them. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  betaAppClipInvocations_createInstance: {
    request: {
      data: {
        type: 'betaAppClipInvocations',
        attributes: invocation.attributes,
        relationships: {
          buildBundle: { data: { type: 'buildBundles', id: BUNDLE } },
          betaAppClipInvocationLocalizations: {
            data: [
              { type: 'betaAppClipInvocationLocalizations', id: '${english}' },
              { type: 'betaAppClipInvocationLocalizations', id: '${german}' },
            ],
          },
        },
      },
      included: localizations.map(({ type, attributes }, index) => ({
        type,
        id: index === 0 ? '${english}' : '${german}',
        attributes,
      })),
    },
    response: {
      data: withLocalizations(50),
      included: localizations,
      links: { self: `${ORIGIN}/v1/betaAppClipInvocations` },
    },
  },
  betaAppClipInvocations_getInstance: {
    response: {
      data: withLocalizations(10),
      included: localizations,
      links: {
        self: `${ORIGIN}/v1/betaAppClipInvocations/${INVOCATION}?include=betaAppClipInvocationLocalizations`,
      },
    },
  },
  betaAppClipInvocations_updateInstance: {
    request: {
      data: {
        type: 'betaAppClipInvocations',
        id: INVOCATION,
        attributes: { url: 'https://coffee.example.com/order?table=14' },
      },
    },
    response: {
      data: { ...invocation, attributes: { url: 'https://coffee.example.com/order?table=14' } },
      links: invocation.links,
    },
  },
  betaAppClipInvocationLocalizations_createInstance: {
    request: {
      data: {
        type: 'betaAppClipInvocationLocalizations',
        attributes: localizations[1]?.attributes,
        relationships: { betaAppClipInvocation: { data: { type: 'betaAppClipInvocations', id: INVOCATION } } },
      },
    },
    response: {
      data: localizations[1],
      links: { self: `${ORIGIN}/v1/betaAppClipInvocationLocalizations` },
    },
  },
  betaAppClipInvocationLocalizations_updateInstance: {
    request: {
      data: {
        type: 'betaAppClipInvocationLocalizations',
        id: GERMAN,
        attributes: { title: 'Jetzt am Tisch bestellen' },
      },
    },
    response: {
      data: { ...localizations[1], attributes: { title: 'Jetzt am Tisch bestellen', locale: 'de-DE' } },
      links: localizations[1]?.links,
    },
  },
  buildBundles_betaAppClipInvocations_getToManyRelated: {
    response: {
      data: [withLocalizations(10)],
      included: localizations,
      links: {
        self: `${ORIGIN}/v1/buildBundles/${BUNDLE}/betaAppClipInvocations?include=betaAppClipInvocationLocalizations`,
      },
      meta: { paging: { total: 1, limit: 50 } },
    },
  },
  builds_betaGroups_createToManyRelationship: {
    request: { data: [{ type: 'betaGroups', id: '0199c7a4-6a10-7b3c-a2d9-51e0f7c8b934' }] },
  },
}

/** One case of every refusal, by its name in the document. */
export const EXAMPLE_PROBLEMS = {
  ParameterError: {
    code: 'PARAMETER_ERROR.INVALID',
    detail: "'emaill' is not a valid filter type",
    source: { parameter: 'filter[emaill]' },
  },
  UnauthorizedError: {
    code: 'NOT_AUTHORIZED',
    detail: DETAILS.NOT_AUTHORIZED,
  },
  ForbiddenError: { code: 'FORBIDDEN_ERROR', detail: 'The API key in use does not allow this request' },
  NotFoundError: {
    code: 'NOT_FOUND',
    detail: `There is no resource of type 'betaAppClipInvocations' with id '${INVOCATION}'`,
  },
  EntityError: {
    code: 'ENTITY_ERROR.ATTRIBUTE.REQUIRED',
    detail: "You must provide a value for the attribute 'locale' with this request",
    source: { pointer: '/data/attributes/locale' },
  },
  UnprocessableEntityError: {
    code: 'ENTITY_UNPROCESSABLE',
    detail: "Unexpected or invalid value at 'data.type'",
  },
  RateLimitError: {
    code: 'RATE_LIMIT_EXCEEDED',
    detail: DETAILS.RATE_LIMIT_EXCEEDED,
  },
} as const satisfies Record<string, Problem>
