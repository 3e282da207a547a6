import { NOBODYS_ID } from './bodies.ts'
import type { Probe } from './probe.ts'

function asking(id: string, rule: string, path: string, expected: Probe['expected']): Probe {
  return { id, rule, given: 'nothing', requests: [{ method: 'GET', path }], expected }
}

/** What can be asked without changing anything. */
export const READING_PROBES: readonly Probe[] = [
  asking('limit-zero', 'A limit out of range and a bad cursor are 400 `PARAMETER_ERROR.INVALID`', '/v1/apps?limit=0', {
    status: '400',
    code: 'PARAMETER_ERROR.INVALID',
    parameter: 'limit',
  }),
  asking(
    'limit-beyond',
    'A limit out of range and a bad cursor are 400 `PARAMETER_ERROR.INVALID`',
    '/v1/apps?limit=201',
    { status: '400', code: 'PARAMETER_ERROR.INVALID', parameter: 'limit' },
  ),
  asking(
    'cursor-bad',
    'A limit out of range and a bad cursor are 400 `PARAMETER_ERROR.INVALID`',
    '/v1/apps?cursor=clipflight',
    { status: '400', code: 'PARAMETER_ERROR.INVALID', parameter: 'cursor' },
  ),
  asking('parameter-twice', 'A repeated parameter is 400 `PARAMETER_ERROR.ILLEGAL`', '/v1/apps?limit=1&limit=2', {
    status: '400',
    code: 'PARAMETER_ERROR.ILLEGAL',
    parameter: 'limit',
  }),
  asking(
    'enum-value-unknown',
    'A value outside an enum is 400; a value no row can hold finds nothing',
    '/v1/builds?filter[processingState]=NONE',
    { status: '400', code: 'PARAMETER_ERROR.INVALID', parameter: 'filter[processingState]' },
  ),
  asking('filter-missing', 'A missing `filter[build]` on review submissions is 400', '/v1/betaAppReviewSubmissions', {
    status: '400',
    code: 'PARAMETER_ERROR.REQUIRED',
    parameter: 'filter[build]',
  }),
  asking(
    'invocation-unknown',
    'The words of 404 for one resource, and of 500',
    `/v1/betaAppClipInvocations/${NOBODYS_ID}`,
    { status: '404', code: 'NOT_FOUND' },
  ),
  asking(
    'bundle-unknown',
    'The words of 404 for one resource, and of 500',
    `/v1/buildBundles/${NOBODYS_ID}/betaAppClipInvocations`,
    { status: '404', code: 'NOT_FOUND' },
  ),
  asking(
    'list-not-offered',
    'An operation that a known resource lacks: 403 with the list of the others',
    '/v1/betaAppClipInvocations',
    { status: '403', code: 'FORBIDDEN_ERROR' },
  ),
]
