import { creation, invocationChange, newTitle, NOBODYS_ID, OWN_TITLES, PROBE_URL, titleChange } from './bodies.ts'
import type { Given, Probe, ProbeRequest } from './probe.ts'

const INVOCATIONS = '/v1/betaAppClipInvocations'
const LOCALIZATIONS = '/v1/betaAppClipInvocationLocalizations'

/** Longer than any limit that is guessed, and shorter than what nobody reads. */
const LONG_TITLE = 'Clipflight '.repeat(100)

const ROOM: Given = { own: 'none', room: true }
const ONE: Given = { own: 'one', room: false }
const ONE_AND_ROOM: Given = { own: 'one', room: true }
const FULL: Given = { own: 'all that fit', room: false }

const en = { locale: 'en-US', title: OWN_TITLES['en-US'] }
const de = { locale: 'de-DE', title: OWN_TITLES['de-DE'] }

const URL_RULE = '`https`, a host, no user name or password, only the characters of RFC 3986'
const NULL_RULE = 'Unless Clipflight holds it nullable, an attribute given as `null` counts as missing'
const LOCALE_RULE = 'A locale once per invocation'
const BAD_URL = { status: '409', code: 'ENTITY_ERROR.ATTRIBUTE.INVALID', pointer: '/data/attributes/url' }

function probe(
  id: string,
  rule: string,
  given: Given,
  requests: ProbeRequest | readonly ProbeRequest[],
  expected: Probe['expected'],
): Probe {
  return { id, rule, given, requests: [requests].flat(), expected }
}

function post(path: string, body: unknown): ProbeRequest {
  return { method: 'POST', path, body }
}

/**
 * What can only be asked by writing. Whatever a service takes of it is the probes' own, and is deleted behind each of
 * them. In an order in which little has to be made anew.
 */
export const WRITING_PROBES: readonly Probe[] = [
  probe(
    'creation',
    'The answer to a creation shows what was made inline',
    ROOM,
    post(INVOCATIONS, creation(PROBE_URL, [en, de])),
    { status: '201', location: 'given', linkage: '2', included: '2' },
  ),
  probe('url-not-https', URL_RULE, ROOM, post(INVOCATIONS, creation(PROBE_URL.replace('https:', 'http:'))), BAD_URL),
  probe('url-without-host', URL_RULE, ROOM, post(INVOCATIONS, creation('https:///clipflight-probe')), BAD_URL),
  probe('url-with-user', URL_RULE, ROOM, post(INVOCATIONS, creation(PROBE_URL.replace('//', '//user@'))), BAD_URL),
  probe('title-empty', 'A title is not blank', ROOM, post(INVOCATIONS, creation(PROBE_URL, [{ ...en, title: '' }])), {
    status: '409',
    code: 'ENTITY_ERROR.ATTRIBUTE.INVALID.TOO_SHORT',
    pointer: '/included/0/attributes/title',
  }),
  probe(
    'title-long',
    'Title of an invocation',
    ROOM,
    post(INVOCATIONS, creation(PROBE_URL, [{ ...en, title: LONG_TITLE }])),
    {
      status: '409',
      code: 'ENTITY_ERROR.ATTRIBUTE.INVALID.TOO_LONG',
      pointer: '/included/0/attributes/title',
    },
  ),
  probe(
    'locale-bad',
    'The list of locales',
    ROOM,
    post(INVOCATIONS, creation(PROBE_URL, [{ ...en, locale: 'xx-XX' }])),
    { status: '409', code: 'ENTITY_ERROR.ATTRIBUTE.INVALID', pointer: '/included/0/attributes/locale' },
  ),
  probe('locale-twice-inline', LOCALE_RULE, ROOM, post(INVOCATIONS, creation(PROBE_URL, [en, en])), {
    status: '409',
    code: 'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE',
    pointer: '/included/1/attributes/locale',
  }),
  probe(
    'no-titles',
    'An invocation needs a bundle, a URL and at least one inline localization',
    ROOM,
    post(INVOCATIONS, creation(PROBE_URL, [])),
    {
      status: '409',
      code: 'ENTITY_ERROR.RELATIONSHIP.REQUIRED',
      pointer: '/data/relationships/betaAppClipInvocationLocalizations',
    },
  ),
  probe(
    'creation-url-null',
    NULL_RULE,
    ROOM,
    post(INVOCATIONS, creation(PROBE_URL, [en], { data: { attributes: { url: null } } })),
    { status: '409', code: 'ENTITY_ERROR.ATTRIBUTE.REQUIRED', pointer: '/data/attributes/url' },
  ),
  probe(
    'type-wrong',
    'A wrong `data.type` is 422',
    ROOM,
    post(INVOCATIONS, creation(PROBE_URL, [en], { data: { type: 'betaAppClipInvocation' } })),
    { status: '422', code: 'ENTITY_UNPROCESSABLE' },
  ),
  probe(
    'id-in-creation',
    '`data.id` in a creation is refused',
    ROOM,
    post(INVOCATIONS, creation(PROBE_URL, [en], { data: { id: NOBODYS_ID } })),
    { status: '409', code: 'ENTITY_ERROR.UNEXPECTED_ID', pointer: '/data/id' },
  ),
  probe(
    'creation-bundle-unknown',
    'A link to what is not there, in a creation: 409',
    ROOM,
    post(INVOCATIONS, creation(PROBE_URL, [en], { bundle: NOBODYS_ID })),
    { status: '409', code: 'ENTITY_ERROR.RELATIONSHIP.INVALID', pointer: '/data/relationships/buildBundle' },
  ),
  probe(
    'not-an-app-clip',
    'Only a bundle of type `APP_CLIP` takes invocations',
    ROOM,
    post(INVOCATIONS, creation(PROBE_URL, [en], { bundle: '{otherBundle}' })),
    { status: '409', code: 'ENTITY_ERROR.RELATIONSHIP.INVALID', pointer: '/data/relationships/buildBundle' },
  ),
  probe('json-malformed', 'A body that is no JSON is 400 `ENTITY_INVALID`', ROOM, post(INVOCATIONS, '{ "data": '), {
    status: '400',
    code: 'ENTITY_INVALID',
  }),
  probe(
    'url-twice',
    'A URL once per bundle, compared letter by letter',
    ONE_AND_ROOM,
    post(INVOCATIONS, creation(PROBE_URL)),
    {
      status: '409',
      code: 'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE',
      pointer: '/data/attributes/url',
    },
  ),
  probe('locale-twice', LOCALE_RULE, ONE, post(LOCALIZATIONS, newTitle({ ...en, title: 'Again' })), {
    status: '409',
    code: 'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE',
    pointer: '/data/attributes/locale',
  }),
  probe(
    'url-null',
    NULL_RULE,
    ONE,
    { method: 'PATCH', path: `${INVOCATIONS}/{invocation}`, body: invocationChange({ url: null }) },
    { status: '409', code: 'ENTITY_ERROR.ATTRIBUTE.REQUIRED', pointer: '/data/attributes/url' },
  ),
  probe(
    'title-null',
    NULL_RULE,
    ONE,
    { method: 'PATCH', path: `${LOCALIZATIONS}/{localization}`, body: titleChange({ title: null }) },
    { status: '409', code: 'ENTITY_ERROR.ATTRIBUTE.REQUIRED', pointer: '/data/attributes/title' },
  ),
  probe(
    'locale-changed',
    'An attribute that exists but cannot be set, such as `locale` in a `PATCH`, counts as unknown',
    ONE,
    { method: 'PATCH', path: `${LOCALIZATIONS}/{localization}`, body: titleChange({ locale: 'ja' }) },
    { status: '409', code: 'ENTITY_ERROR.ATTRIBUTE.UNKNOWN', pointer: '/data/attributes/locale' },
  ),
  probe(
    'id-mismatch',
    'A `data.id` other than in the path is 409 `ENTITY_ERROR.ID_MISMATCH`',
    ONE,
    { method: 'PATCH', path: `${INVOCATIONS}/{invocation}`, body: invocationChange({ url: PROBE_URL }, NOBODYS_ID) },
    { status: '409', code: 'ENTITY_ERROR.ID_MISMATCH', pointer: '/data/id' },
  ),
  probe(
    'last-title',
    'Deleting an invocation deletes its localizations; the last localization may be deleted',
    ONE,
    [
      { method: 'DELETE', path: `${LOCALIZATIONS}/{localization}` },
      { method: 'DELETE', path: `${LOCALIZATIONS}/{secondLocalization}` },
    ],
    { status: '204' },
  ),
  probe('fourth-invocation', 'How a fourth is refused', FULL, post(INVOCATIONS, creation(`${PROBE_URL}/more`)), {
    status: '409',
    code: 'ENTITY_ERROR.RELATIONSHIP.INVALID.NOT_ALLOWED',
    pointer: '/data/relationships/buildBundle',
  }),
]
