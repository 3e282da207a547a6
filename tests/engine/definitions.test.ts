import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { problemsOfDefinitions, resources, ROLES, routes, type Resource, type Route } from '@clipflight/contract'
import { databases } from '../databases.ts'
import { startServer, type TestServer } from '../support/server.ts'

/** Some id that is nobody's: what is asked here is answered before, or as absent. */
const NOBODY = '00000000-0000-7000-8000-000000000000'

const pathOf = (route: Route): string => route.path.replace('{id}', NOBODY)
const creates = routes.filter(({ kind }) => kind === 'create')
const updates = routes.filter(({ kind }) => kind === 'update')

function requiredOf(resource: Resource) {
  return {
    attributes: Object.entries(resource.attributes)
      .filter(([, { create }]) => create === 'required')
      .map(([name]) => name),
    relationships: Object.entries(resource.relationships)
      .filter(([, { create }]) => create !== undefined)
      .map(([name]) => name),
  }
}

/** What has to stand in the query for an endpoint to look further. */
function queryOf({ kind, resource }: Route): string {
  if (kind !== 'list') return ''
  const required = Object.entries(resource.operations.list?.filters ?? {}).filter(
    ([, filter]) => filter.required === true,
  )
  return required.length === 0 ? '' : `?${required.map(([name]) => `filter[${name}]=x`).join('&')}`
}

for (const database of databases)
  describe(`every definition on ${database}`, () => {
    let server: TestServer
    before(async () => {
      server = await startServer(database, { roles: ROLES })
    })
    after(() => server.close())

    for (const route of routes) {
      for (const role of ROLES) {
        const isAllowed = route.roles.includes(role)
        it(`${isAllowed ? 'lets' : 'does not let'} ${role} ${route.method} ${route.path}`, async () => {
          const body = route.method === 'GET' ? undefined : {}

          const reply = await server.send(route.method, `${pathOf(route)}${queryOf(route)}`, {
            key: server.as(role),
            body,
          })

          if (isAllowed) {
            assert.notEqual(reply.status, 403, reply.text)
            assert.ok(reply.status < 500, reply.text)
          }
          if (!isAllowed) {
            assert.equal(reply.status, 403)
            assert.equal(reply.body.errors[0].detail, 'The API key in use does not allow this request')
          }
        })
      }
    }

    for (const route of creates) {
      const { resource } = route
      const required = requiredOf(resource)
      it(`says everything that is missing from an empty ${resource.type}`, async () => {
        const { status, body } = await server.send('POST', route.path, { body: { data: { type: resource.type } } })

        assert.equal(status, 409)
        const pointers = body.errors.map(
          ({ code, source }: { code: string; source: { pointer: string } }) => `${code} ${source.pointer}`,
        )
        assert.deepEqual(
          pointers.sort(),
          [
            ...required.attributes.map((name) => `ENTITY_ERROR.ATTRIBUTE.REQUIRED /data/attributes/${name}`),
            ...required.relationships.map((name) => `ENTITY_ERROR.RELATIONSHIP.REQUIRED /data/relationships/${name}`),
          ].sort(),
        )
      })
    }

    for (const route of [...creates, ...updates]) {
      const { resource, method, kind } = route
      const moment = kind === 'create' ? 'create' : 'update'
      const identity = { type: resource.type, ...(kind === 'update' ? { id: NOBODY } : {}) }
      const closed = Object.entries(resource.attributes)
        .filter(([, definition]) => definition[moment] === undefined)
        .map(([name]) => name)
      for (const name of ['no/such~attribute', ...closed]) {
        it(`refuses the attribute '${name}' in a ${moment} of ${resource.type}`, async () => {
          const { status, body } = await server.send(method, pathOf(route), {
            body: { data: { ...identity, attributes: { [name]: 'x' } } },
          })

          assert.equal(status, 409)
          const unknown = body.errors.find(({ code }: { code: string }) => code === 'ENTITY_ERROR.ATTRIBUTE.UNKNOWN')
          assert.equal(unknown.detail, `'${name}' is not an attribute on the resource '${resource.type}'`)
          assert.equal(unknown.source.pointer, `/data/attributes/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
        })
      }
      const open = Object.entries(resource.attributes).filter(([, definition]) => definition[moment] !== undefined)
      for (const [name] of open) {
        it(`refuses a JSON object for '${name}' in a ${moment} of ${resource.type}`, async () => {
          const { status, body } = await server.send(method, pathOf(route), {
            body: { data: { ...identity, attributes: { [name]: { a: 1 } } } },
          })

          assert.equal(status, 409)
          const wrong = body.errors.find(({ code }: { code: string }) => code === 'ENTITY_ERROR.ATTRIBUTE.TYPE')
          assert.deepEqual(wrong.source, { pointer: `/data/attributes/${name}` })
        })
      }
      it(`refuses an unknown relationship in a ${moment} of ${resource.type}`, async () => {
        const { status, body } = await server.send(method, pathOf(route), {
          body: { data: { ...identity, relationships: { nonsense: { data: null } } } },
        })

        assert.equal(status, 409)
        const unknown = body.errors.find(({ code }: { code: string }) => code === 'ENTITY_ERROR.RELATIONSHIP.UNKNOWN')
        assert.deepEqual(unknown.source, { pointer: '/data/relationships/nonsense' })
      })
    }

    for (const route of creates) {
      const { resource } = route
      const { attributes, relationships } = requiredOf(resource)
      for (const name of [...attributes, ...relationships]) {
        const isAttribute = attributes.includes(name)
        it(`says that '${name}' is missing from a new ${resource.type} that has all the rest`, async () => {
          const all = {
            attributes: Object.fromEntries(attributes.map((one) => [one, 'x'])),
            relationships: Object.fromEntries(relationships.map((one) => [one, linkageTo(resource, one)])),
          }
          delete all[isAttribute ? 'attributes' : 'relationships'][name]

          const { status, body } = await server.send('POST', route.path, {
            body: { data: { type: resource.type, ...all } },
          })

          assert.equal(status, 409)
          const missing = body.errors.filter(({ code }: { code: string }) => code.endsWith('.REQUIRED'))
          assert.deepEqual(
            missing.map(({ source }: { source: object }) => source),
            [{ pointer: `/data/${isAttribute ? 'attributes' : 'relationships'}/${name}` }],
          )
        })
      }
    }

    for (const route of updates) {
      it(`refuses an id in the body of an update of ${route.resource.type} that differs from the path`, async () => {
        const { status, body } = await server.send('PATCH', pathOf(route), {
          body: { data: { type: route.resource.type, id: 'other' } },
        })

        assert.equal(status, 409)
        assert.equal(body.errors[0].code, 'ENTITY_ERROR.ID_MISMATCH')
        assert.deepEqual(body.errors[0].source, { pointer: '/data/id' })
      })
    }

    for (const route of routes.filter(({ path, kind }) => path.includes('{id}') && kind !== 'create')) {
      it(`answers 404 to ${route.method} ${route.path} with an id that nobody has`, async () => {
        const body = {
          update: { data: { type: route.resource.type, id: NOBODY } },
          'add links': { data: [] },
          'remove links': { data: [] },
        }[route.kind as string]

        const reply = await server.send(route.method, pathOf(route), { body })

        assert.equal(reply.status, 404, reply.text)
        assert.equal(
          reply.body.errors[0].detail,
          `There is no resource of type '${route.resource.type}' with id '${NOBODY}'`,
        )
      })
    }
  })

/** Linkage of the right form, to something that is not there. */
function linkageTo(resource: Resource, name: string): unknown {
  const definition = resource.relationships[name]
  const identifier = { type: definition?.target, id: NOBODY }
  return { data: definition?.cardinality === 'many' ? [identifier] : identifier }
}

describe('the check of definitions', () => {
  it('finds nothing wrong with ours', () => {
    assert.deepEqual(problemsOfDefinitions(resources), [])
  })

  const { betaAppClipInvocations, betaBuildLocalizations, buildBundles, buildBetaDetails } = resources
  for (const [what, registry] of [
    [
      'a unique set of something that is not there',
      { ...resources, betaAppClipInvocations: { ...betaAppClipInvocations, unique: [['buildBundel', 'url']] } },
    ],
    [
      'a unique text that may be too long for an index',
      { ...resources, betaBuildLocalizations: { ...betaBuildLocalizations, unique: [['locale', 'whatsNew']] } },
    ],
    [
      'a limit per something that is not there',
      { ...resources, betaAppClipInvocations: { ...betaAppClipInvocations, atMost: { count: 3, per: 'bundle' } } },
    ],
    [
      'an id that is that of nothing',
      { ...resources, buildBetaDetails: { ...buildBetaDetails, ids: { sameAs: 'builds' } } },
    ],
    [
      'a link to a type that is not carried',
      {
        ...resources,
        buildBundles: {
          ...buildBundles,
          relationships: { build: { ...buildBundles.relationships.build, target: 'bilds' } },
        },
      },
    ],
    [
      'an inverse that is not there',
      { ...resources, betaAppClipInvocations: { ...betaAppClipInvocations, relationships: {} } },
    ],
    ['another name in the registry', { ...resources, bundles: buildBundles }],
  ] as const) {
    it(`finds ${what}`, () => {
      assert.notDeepEqual(problemsOfDefinitions(registry), [])
    })
  }
})
