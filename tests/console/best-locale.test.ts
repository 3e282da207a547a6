import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bestLocale } from '../../packages/console/src/language/best-locale.ts'

/** What there is, what somebody reads, and what suits them. */
const CASES: readonly (readonly [available: string, languages: string, best: string | undefined])[] = [
  ['en-US de-DE ja', 'de', 'de-DE'],
  ['en-US de-DE ja', 'de-AT en-US', 'de-DE'],
  ['en-US en-GB', 'en-GB', 'en-GB'],
  ['en-US ja de-DE', 'fr-FR ja-JP de-DE', 'ja'],
  ['zh-Hans zh-Hant', 'zh-TW', 'zh-Hant'],
  ['zh-Hans zh-Hant', 'zh-CN', 'zh-Hans'],
  ['pt-PT pt-BR', 'pt', 'pt-BR'],
  ['en-US no', 'nb-NO', 'no'],
  ['en-US no', 'nn', 'no'],
  ['en-US ar-SA', 'ar', 'ar-SA'],
  ['fr-FR en-GB', 'ko', 'en-GB'],
  ['fr-FR ja', 'ko', 'fr-FR'],
  ['fr-FR', 'no tag at all', 'fr-FR'],
  ['', 'en-US', undefined],
]

describe('the locale that suits a tester', () => {
  for (const [available, languages, best] of CASES) {
    it(`is ${best ?? 'none'} for ${languages} among ${available === '' ? 'nothing' : available}`, () => {
      const wanted = languages.startsWith('no tag') ? [languages] : languages.split(' ')
      assert.equal(bestLocale(available === '' ? [] : available.split(' '), wanted), best)
    })
  }
})
