import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'
import { BUILT_IN_SEEDS } from '../../packages/server/src/seed/built-in.ts'
import { seedSchema } from '../../packages/server/src/seed/seed-schema.ts'

function createValidator() {
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  addFormats.default(ajv)
  return ajv.compile(seedSchema())
}

describe('the JSON Schema of seed files', () => {
  test('takes the seeds that come with the service', () => {
    const isValid = createValidator()

    for (const text of Object.values(BUILT_IN_SEEDS)) {
      assert.equal(isValid(parse(text)), true, JSON.stringify(isValid.errors))
    }
  })

  test('takes dates and durations where points in time belong, however deep', () => {
    const isValid = createValidator()
    const withDates = (date: string) => ({
      teams: [
        {
          name: 'T',
          apps: [
            {
              name: 'App',
              bundleId: 'com.example',
              preReleaseVersions: [
                {
                  version: '1',
                  builds: [
                    {
                      version: '1',
                      uploadedDate: date,
                      buildBundles: [
                        { appClipDomainCacheStatus: { domains: [{ domain: 'example.com', lastUpdatedDate: date }] } },
                      ],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    })

    for (const date of ['2026-03-01T09:30:00Z', '-P3D', 'PT2H30M', '-P1W'])
      assert.equal(isValid(withDates(date)), true, date)
    for (const date of ['2026-03-01', '-P3M', 'P', '-PT', 'yesterday'])
      assert.equal(isValid(withDates(date)), false, date)
  })

  test('refuses unknown members, missing attributes and a key of another form', () => {
    const isValid = createValidator()

    assert.equal(isValid({ teams: [{ name: 'T', nonsense: 1 }] }), false)
    assert.equal(isValid({ teams: [{ name: 'T', apps: [{ name: 'App' }] }] }), false)
    assert.equal(isValid({ teams: [{ name: 'T', apps: [{ name: 'App', bundleId: 'a', builds: [] }] }] }), false)
    assert.equal(isValid({ teams: [{ name: 'T', keys: [{ id: 'short' }] }] }), false)
  })
})
